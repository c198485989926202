from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conferences', '0009_indicator_sets_and_periods'),
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
