from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courts", "0011_account_of_a_person")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="pinyin",
            field=models.CharField(blank=True, default="", editable=False, max_length=200, verbose_name="pinyin"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalperson",
            name="pinyin",
            field=models.CharField(blank=True, default="", editable=False, max_length=200, verbose_name="pinyin"),
            preserve_default=False,
        ),
    ]
