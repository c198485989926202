from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0007_follow_up_of_tasks'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest of the file'),
        ),
        migrations.AddField(
            model_name='progressfile',
            name='sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest of the file'),
        ),
    ]
