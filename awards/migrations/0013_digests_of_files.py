from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0012_certificates'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidence',
            name='sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest of the file'),
        ),
        migrations.AddField(
            model_name='honourfile',
            name='sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest of the file'),
        ),
    ]
