"""Makes whisper files with Debian's python3-whisper, and says what it fetches from them. Talks JSON lines over standard input and output."""
import json
import os
import random
import sys
import time

sys.path.insert(0, "/usr/lib/python3/dist-packages")
import whisper  # noqa: E402

for line in sys.stdin:
    question = json.loads(line)
    path = question["path"]
    if question["do"] == "make":
        os.makedirs(os.path.dirname(path), exist_ok=True)
        archives = [whisper.parseRetentionDef(part) for part in question["retention"].split(",")]
        whisper.create(path, archives, question["xff"], question["method"])
        chance = random.Random(path)
        now = int(time.time())
        points, newer = [], 0
        for step, count in archives:
            for ago in range(count * step - step, newer, -step):
                at = (now - ago) // step * step
                if chance.random() < 0.8:
                    points.append((at, round(chance.uniform(-50, 1000), 3)))
            newer = count * step
        # As carbon does it, in any order: the file rolls them up by itself.
        whisper.update_many(path, points)
        answer = {"points": len(points)}
    else:
        info, values = whisper.fetch(path, question["from"], question["until"], question["now"])
        answer = {"start": info[0], "step": info[2], "values": values}
    print(json.dumps(answer), flush=True)
