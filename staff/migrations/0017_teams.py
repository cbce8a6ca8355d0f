import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0006_own_address'),
        ('staff', '0016_alumni_entries'),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='team')),
                ('aim', models.TextField(max_length=500, verbose_name='shared aim')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams_led', to='staff.post')),
                ('members', models.ManyToManyField(related_name='teams', to='staff.post')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ast_teams', to='schools.school')),
            ],
            options={
                'ordering': ['school__name_key', 'name', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('school'), django.db.models.functions.text.Lower('name'), name='team_name_once_a_school')],
            },
        ),
    ]
