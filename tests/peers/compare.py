#!/usr/bin/env python3
"""Measures tempo, bars and key of music whose truth is known, by needledrop and by its peers.

    make_music.py FOLDER && compare.py NEEDLEDROP FOLDER

Every file goes through each program in turn, so that all of them share whatever else the machine
does. Essentia is asked where its Python module is found, bpm-tools where `bpm` and `sox` are, and
keyfinder where `keyfinder-cli` is. Times leave out what essentia takes to read a file, and keep what
needledrop takes to start, read and measure everything else. Prints a table, and how often needledrop
is right by how sure it says it is.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

TOLERANCE_BPM = 0.5
TOLERANCE_SECS = 0.07
SPELT = {"C#": "Db", "D#": "Eb", "G#": "Ab", "A#": "Bb", "Gb": "F#"}
MINOR = {"Db": "C#", "Ab": "G#"}

try:
    import essentia
    essentia.log.infoActive = essentia.log.warningActive = False
    import essentia.standard as es
except ImportError:
    es = None


def key_code(tonic, is_minor):
    tonic = SPELT.get(tonic, tonic)
    return f"{MINOR.get(tonic, tonic)}m" if is_minor else tonic


def to_code(words):
    """A key as needledrop prints it, “C♯ minor”, as tags write it."""
    if not words:
        return None
    tonic, mode = words.replace("♯", "#").replace("♭", "b").split()
    return key_code(tonic, mode == "minor")


class Score:
    def __init__(self):
        self.right, self.octave, self.asked, self.secs = 0, 0, 0, 0.0

    def tempo(self, found, truth):
        self.asked += 1
        near = [f for f in (1, 2, 0.5) if found and abs(found * f - truth) <= TOLERANCE_BPM * f]
        self.right += 1 in near
        self.octave += bool(near)
        return 1 in near

    def key(self, found, truth):
        self.asked += 1
        self.right += found == truth
        return found == truth


def timed(score, job):
    start = time.perf_counter()
    result = job()
    score.secs += time.perf_counter() - start
    return result


def main(program, folder):
    tempo, key, downbeats = {}, {}, Score()
    sure = []
    has_bpm = shutil.which("bpm") and shutil.which("sox")
    has_keyfinder = shutil.which("keyfinder-cli")
    truth = json.loads((folder / "truth.json").read_text())
    for one in truth:
        path = folder / one["file"]
        score = tempo.setdefault("needledrop", Score())
        run = timed(score, lambda: subprocess.run(
            [program, "analyze", "--json", str(path)], capture_output=True, text=True, check=True))
        ours = json.loads(run.stdout)[0]
        if one["bpm"]:
            right = score.tempo(ours["bpm"], one["bpm"])
            sure.append((ours["bpm_confidence"] or 0.0, right))
            if not right:
                print(f"  needledrop: {one['file']}: {ours['bpm']} for {one['bpm']}")
        if one["downbeats"]:
            downbeats.asked += 1
            found, known = ours["downbeats"] or [], one["downbeats"]
            near = lambda at, all_: any(abs(at - x) <= TOLERANCE_SECS for x in all_)
            downbeats.right += (sum(near(x, found) for x in known) >= 0.8 * len(known)
                                and sum(near(x, known) for x in found) >= 0.8 * len(found))
        if one["key"]:
            key.setdefault("needledrop", Score()).key(to_code(ours["key"]), one["key"])
        if es:
            sound = es.MonoLoader(filename=str(path))()
            if one["bpm"]:
                score = tempo.setdefault("essentia, multifeature", Score())
                extractor = es.RhythmExtractor2013(method="multifeature")
                score.tempo(float(timed(score, lambda: extractor(sound))[0]), one["bpm"])
            if one["key"]:
                score = key.setdefault("essentia", Score())
                tonic, mode, _ = timed(score, lambda: es.KeyExtractor()(sound))
                score.key(key_code(tonic, mode == "minor"), one["key"])
        if has_bpm and one["bpm"]:
            score = tempo.setdefault("bpm-tools", Score())
            job = f"sox '{path}' -t raw -r 44100 -e float -c 1 - 2>/dev/null | bpm -m 50 -x 210"
            run = timed(score, lambda: subprocess.run(job, shell=True, capture_output=True, text=True))
            score.tempo(float(run.stdout or 0), one["bpm"])
        if has_keyfinder and one["key"]:
            score = key.setdefault("keyfinder", Score())
            run = timed(score, lambda: subprocess.run(
                ["keyfinder-cli", "-n", "standard", str(path)], capture_output=True, text=True))
            words = run.stdout.strip()
            score.key(key_code(words.rstrip("m"), words.endswith("m")), one["key"])
    # Ours measures everything in one go: its time is that of all files.
    per_file = tempo["needledrop"].secs / len(truth)
    print(f"{'':28}{'right':>8}{'or octave':>11}{'of':>5}{'ms a file':>11}")
    for what, scores in (("tempo", tempo), ("key", key)):
        for name, score in scores.items():
            ms = 1000 * (per_file if name == "needledrop" else score.secs / max(score.asked, 1))
            octave = score.octave if what == "tempo" else ""
            print(f"{what}: {name:21}{score.right:>8}{octave:>11}{score.asked:>5}{ms:>11.0f}")
    print(f"{'bars: needledrop':28}{downbeats.right:>8}{'':>11}{downbeats.asked:>5}")
    print("\nhow sure of the tempo, and how often right:")
    for low in range(0, 10):
        some = [right for value, right in sure if low / 10 <= value < (low + 1) / 10 + (low == 9)]
        if some:
            print(f"  {low / 10:.1f} to {(low + 1) / 10:.1f}: {sum(some)} of {len(some)}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
