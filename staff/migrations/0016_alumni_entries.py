import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0015_job_descriptions'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlumniEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on_board', models.BooleanField(default=False, verbose_name='stands on the board')),
                ('with_name', models.BooleanField(default=False, verbose_name='with the name')),
                ('reach', models.CharField(blank=True, max_length=200, verbose_name='how to reach the person')),
                ('now', models.CharField(blank=True, max_length=200, verbose_name='what the person does now')),
                ('offers', models.CharField(blank=True, max_length=300, verbose_name='what the person offers')),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('link_version', models.PositiveIntegerField(default=1)),
                ('link_sent_on', models.DateField(blank=True, null=True)),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='alumni_entry', to='staff.post', verbose_name='former AST')),
            ],
            options={
                'verbose_name_plural': 'alumni entries',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('on_board', False), ('now', ''), ('offers', ''), ('reach', ''), ('with_name', False)), models.Q(('answered_on__isnull', False), ('on_board', True), models.Q(('now', ''), ('offers', ''), ('reach', ''), ('with_name', False), _negated=True)), _connector='OR'), name='alumni_only_what_was_agreed')],
            },
        ),
    ]
