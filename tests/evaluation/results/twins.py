"""Invented twins of the published tables: a few rows in each layout, with all that makes the real ones hard to read."""

from pathlib import Path

from schools.register.models import School
from tests.factories import SchoolFactory

KS2_2017 = """\
URN,KS2 Pupils,KS2 Boys,KS2 Girls,Reading Progress,Reading Score,Reading Meet Std,Reading Exceed Std,\
Reading Progress Band,Reading Progress Desc,Writing Progress,Writing Score,Writing Meet Std,Writing Exceed Std,\
Writing Progress Band,Writing Progress Desc,Maths Progress,Maths Score,Maths Meet Std,Maths Exceed Std,\
Maths Progress Band,Maths Progress Desc,Overall Meet Std,Overall Exceed Std,Academic Year
910001,24,11,13,2.7,108,92%,29%,,,0.8,108,92%,38%,,,-1.5,106,88%,29%,,,83%,13%,2017
910002.0,2,1,1,0.1,100,50%,0%,,,0.2,100,50%,0%,,,0.3,100,50%,0%,,,50%,0%,2017
910003,,,,,,,,,,,,,,,,,,,,,,,,2017
999999,30,16,14,-0.7,100,63%,10%,,,-0.7,105,80%,30%,,,1.8,103,77%,13%,,,53%,7%,2017
"""

KS2_2019 = """\
RECTYPE,URN,SCHNAME,PCODE,READPROG,READPROG_DESCR,WRITPROG,WRITPROG_DESCR,MATPROG,MATPROG_DESCR,PHASE
1,910001,Aldermere School,ZZ1 1AA,-0.2,3,0.5,3,-0.6,3,Primary
2,910002,Birchover School,ZZ1 1AB,SUPP,,LOWCOV,,NE,,Primary
"""

KS4_2014 = """\
RECTYPE,LEA,URN,SCHNAME,TPUP,PT24ENGPRG_PTQ,PT24MATHPRG_PTQ,PTAC5EM_PTQ,PTEBACC_PTQ,PTEBACENG_PTQ,PTEBACMAT_PTQ,\
B8VAMEA_PTQ,TTAPSPEPP_PTQ
SCH,999.0,910001.0,Aldermere School,205.0,79.0,73.0,74.0,33.0,83.0,78.0,1004.1,43.1
SCH,999.0,910001.0,Aldermere School,205.0,79.0,73.0,74.0,33.0,83.0,78.0,1004.1,43.1
SCH,999.0,910002.0,Birchover School,61.0,130.0,44.0,36.0,19.0,51.0,48.0,985.8,36.5
SCH,999.0,910003.0,Corley School,50.0,50.0,50.0,50.0,50.0,50.0,50.0,1000.0,30.0
SCH,999.0,910003.0,Corley School,50.0,50.0,50.0,52.0,50.0,50.0,50.0,1000.0,30.0
LA,999.0,,,8000.0,68.0,62.0,51.0,20.0,60.0,58.0,995.0,38.0
LA,998.0,,,7000.0,69.0,63.0,52.0,21.0,61.0,59.0,996.0,39.0
NAT,,,,550000.0,71.6,65.5,53.4,24.2,67.6,67.9,1000.0,40.0
"""

KS4_2016 = """\
URN,KS4 Pupils,KS4 Boys,KS4 Girls,Progress 8,Progress 8 Boys,Progress 8 Girls,Attainment 8,Attainment 8 Boys,\
Attainment 8 Girls,Eng Maths Grade 5,Entering EBacc,EBacc Avg Score,EBacc Avg Boys,EBacc Avg Girls,EBacc Grade 5,\
Progress 8 Band,P8 Desc,Academic Year
910001,205,102,103,0.05,0.01,0.08,55.4,55.8,55,79%,91%,,,,42%,,,2016
910002,61,30,31,-0.37,-0.54,-0.22,43.6,41.7,45.3,52%,23%,,,,15%,,,2016
"""

KS4_2019 = """\
RECTYPE,URN,SCHNAME,PCODE,P8MEA,P8_BANDING,ATT8SCR,PTL2BASICS_95,PTEBACC_E_PTQ_EE,EBACCAPS,PHASE
1,910001,Aldermere School,ZZ1 1AA,-0.05,3,42.2,38%,25%,3.52,Secondary
1,910002,Birchover School,ZZ1 1AB,NP,SUPP,11.4,4%,0%,0.86,Secondary
"""

OWN = """\
URN,School,Subject,Measure,Year,Figure,Number of pupils,Source
910001,,Mathematics and numeracy,GCSE at A* to C in the subject,2008,59.0%,180,School’s own figures
910001,,English and literacy,gcse_ac,2008,74.7,180,
,Birchover School,Whole school,"5 or more GCSEs at A* to C, with English and mathematics",2009,62.4,61,FFT
910002,,Whole school,5 or more GCSEs at A* to C,2009,130,61,
"""


def schools() -> list[School]:
    """Those of the twins; the third has closed."""
    return [
        SchoolFactory(urn=910001, name="Aldermere School", la_code="999"),
        SchoolFactory(urn=910002, name="Birchover School", la_code="999"),
        SchoolFactory(urn=910003, name="Corley School", la_code="999", status="closed"),
    ]


def written(folder: Path, text: str, name: str = "twin.csv") -> Path:
    """The file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
