"""Makes whisper files of Graphite lines: python3 write-whisper.py LINES FOLDER MINUTES. Carbon itself would take minutes for as many."""

import os
import sys
from collections import defaultdict

import whisper

lines, folder, minutes = sys.argv[1], sys.argv[2], int(sys.argv[3])
series = defaultdict(list)
with open(lines) as file:
    for line in file:
        name, value, time = line.split()
        series[name].append((int(time), float(value)))
for name, points in series.items():
    path = os.path.join(folder, name.replace(".", "/") + ".wsp")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    whisper.create(path, [(60, minutes)], xFilesFactor=0, sparse=True)
    whisper.update_many(path, points)
