from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("awards", "0014_fill_digests")]

    operations = [
        migrations.AlterField(
            model_name="exportlog",
            name="file_format",
            field=models.CharField(
                choices=[("csv", "CSV"), ("xlsx", "XLSX"), ("docx", "DOCX"), ("pdf", "PDF"), ("zip", "ZIP")],
                max_length=4,
                verbose_name="format",
            ),
        ),
    ]
