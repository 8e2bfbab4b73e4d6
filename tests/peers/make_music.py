#!/usr/bin/env python3
"""Makes music whose tempo, beats, bars and key are known, and a list of what is known.

    make_music.py FOLDER

Everything is synthesised here, from nothing but numbers, the same each time. FOLDER gets WAV files
of 30 s at 44.1 kHz in stereo and `truth.json`: for each file its kind, its tempo in beats a minute
(the middle one where it drifts), whether it drifts, its beats and downbeats in seconds, and its key.
Needs numpy.
"""

import json
import sys
import wave
from pathlib import Path

import numpy as np

RATE = 44_100
SECS = 30.0
CHORDS = {  # semitones above the tonic
    "I": (0, 4, 7), "ii": (2, 5, 9), "IV": (5, 9, 12), "V": (7, 11, 14), "vi": (9, 12, 16),
    "i": (0, 3, 7), "iv": (5, 8, 12), "VI": (8, 12, 15), "VII": (10, 14, 17), "v+": (7, 11, 14),
}
PROGRESSIONS = {
    "major": [["I", "vi", "IV", "V"], ["I", "V", "vi", "IV"], ["I", "IV", "I", "V"]],
    "minor": [["i", "VI", "iv", "v+"], ["i", "iv", "v+", "i"], ["i", "VI", "VII", "v+"]],
}
MAJOR = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
MINOR = ["Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm"]


class Mix:
    def __init__(self, seed):
        self.out = np.zeros(int(SECS * RATE) + RATE)
        self.random = np.random.default_rng(seed)

    def add(self, secs, sound, level):
        at = int(round(secs * RATE))
        if at < 0 or at >= len(self.out):
            return
        n = min(len(sound), len(self.out) - at)
        self.out[at:at + n] += level * sound[:n]

    def kick(self, secs, level=0.7):
        t = np.arange(int(0.25 * RATE)) / RATE
        self.add(secs, np.exp(-t * 14) * np.sin(2 * np.pi * (48 * t + 3 * (1 - np.exp(-t * 35)))), level)

    def snare(self, secs, level=0.5):
        t = np.arange(int(0.18 * RATE)) / RATE
        noise = self.random.standard_normal(len(t))
        self.add(secs, np.exp(-t * 22) * (0.35 * noise + 0.5 * np.sin(2 * np.pi * 185 * t)), level)

    def hat(self, secs, level=0.15):
        t = np.arange(int(0.06 * RATE)) / RATE
        noise = np.diff(self.random.standard_normal(len(t) + 1))
        self.add(secs, np.exp(-t * 70) * noise * 0.5, level)

    def click(self, secs, level=0.6, hz=1500):
        t = np.arange(int(0.02 * RATE)) / RATE
        self.add(secs, np.exp(-t * 300) * np.sin(2 * np.pi * hz * t), level)

    def chord(self, secs, length, notes, level=0.08, tone=5):
        t = np.arange(max(int(length * RATE), 1)) / RATE
        edge = np.clip(np.minimum(t / 0.015, (length - t) / 0.05), 0, 1)
        for note in notes:
            hz = 440 * 2 ** ((note - 69) / 12)
            wave_ = sum(np.sin(2 * np.pi * hz * h * t) / h**1.6 for h in range(1, tone + 1))
            self.add(secs, edge * np.exp(-t * 0.9) * wave_, level)

    def bass(self, secs, length, note, level=0.18):
        t = np.arange(max(int(length * RATE), 1)) / RATE
        hz = 440 * 2 ** ((note - 69) / 12)
        edge = np.clip(np.minimum(t / 0.01, (length - t) / 0.03), 0, 1)
        self.add(secs, edge * np.exp(-t * 2) * (np.sin(2 * np.pi * hz * t) + 0.3 * np.sin(4 * np.pi * hz * t)), level)

    def write(self, path):
        out = self.out[:int(SECS * RATE)]
        out = 0.8 * out / max(np.abs(out).max(), 1e-9)
        pcm = (out * 32767).astype("<i2")
        with wave.open(str(path), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(np.repeat(pcm, 2).tobytes())


def beats(bpm, drift=0.0, first=0.35):
    """Where beats are: at `bpm`, getting faster by the share `drift` from first to last."""
    at, found = first, []
    while at < SECS - 0.3:
        found.append(at)
        at += 60 / (bpm * (1 + drift * (at / SECS - 0.5)))
    return found


def drums(mix, kind, at, meter):
    """Drums of one kind over the beats."""
    for n, beat in enumerate(at):
        gap = at[n + 1] - beat if n + 1 < len(at) else beat - at[n - 1]
        place = n % meter
        if kind == "rock":
            (mix.snare if place % 2 else mix.kick)(beat)
            mix.hat(beat)
            mix.hat(beat + gap / 2)
        elif kind == "sparse":
            (mix.snare if place % 2 else mix.kick)(beat)
        elif kind == "dance":
            mix.kick(beat)
            if place % 2:
                mix.snare(beat, 0.35)
            mix.hat(beat + gap / 2, 0.2)
        elif kind == "sixteenths":
            (mix.snare if place % 2 else mix.kick)(beat)
            for part in range(4):
                mix.hat(beat + gap * part / 4, 0.12 if part % 2 else 0.18)
        elif kind == "syncopated":
            if place == 0:
                mix.kick(beat)
            if place == 2:
                mix.kick(beat + gap / 2)
            if place % 2:
                mix.snare(beat)
            mix.hat(beat)
            mix.hat(beat + gap / 2)
        elif kind == "waltz":
            if place == 0:
                mix.kick(beat)
            else:
                mix.snare(beat, 0.25)
            mix.hat(beat)


def song(mix, at, meter, tonic, mode, progression, swell):
    for bar, n in enumerate(range(0, len(at), meter)):
        end = at[n + meter] if n + meter < len(at) else SECS
        notes = CHORDS[progression[bar % len(progression)]]
        mix.chord(at[n], end - at[n], [60 + tonic + x - (12 if tonic > 6 else 0) for x in notes], swell)
        mix.bass(at[n], (end - at[n]) * 0.9, 36 + (tonic + notes[0]) % 12)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    truth = []

    def one(name, kind, at, meter, bpm, drift=0.0, key=None, draw=None):
        mix = Mix(len(truth))
        draw(mix)
        mix.write(folder / f"{name}.wav")
        truth.append({
            "file": f"{name}.wav", "kind": kind, "bpm": bpm, "drifts": drift != 0.0,
            "beats": at, "downbeats": at[::meter] if meter else None, "meter": meter, "key": key,
        })

    for bpm in (50, 60, 75, 90, 107.3, 120, 140, 160, 180, 200):
        at = beats(bpm)
        one(f"clicks-{bpm}", "clicks", at, 0, bpm, draw=lambda m: [m.click(x) for x in at])
    for bpm in (66, 132, 176):
        at = beats(bpm)
        one(f"metronome-{bpm}", "clicks", at, 4, bpm, draw=lambda m: [
            m.click(x, 0.6 if n % 4 == 0 else 0.4, 2000 if n % 4 == 0 else 1000)
            for n, x in enumerate(at)])
    plan = [("rock", b) for b in (55, 68, 84, 98.6, 112, 126, 150, 172, 190)]
    plan += [("sparse", b) for b in (62, 95, 128, 165)]
    plan += [("dance", b) for b in (118, 128, 138.5)]
    plan += [("sixteenths", b) for b in (70, 92, 115)]
    plan += [("syncopated", b) for b in (80, 104, 145)]
    for kind, bpm in plan:
        at = beats(bpm)
        one(f"drums-{kind}-{bpm}", "drums", at, 4, bpm, draw=lambda m: drums(m, kind, at, 4))
    for bpm in (96, 150):
        at = beats(bpm)
        one(f"drums-waltz-{bpm}", "drums", at, 3, bpm, draw=lambda m: drums(m, "waltz", at, 3))
    for bpm, drift in ((88, 0.06), (120, 0.1), (160, 0.05)):
        at = beats(bpm, drift)
        middle = 60 / float(np.median(np.diff(at)))
        one(f"drift-{bpm}", "drums", at, 4, middle, drift, draw=lambda m: drums(m, "rock", at, 4))
    songs = [("rock", b, 4) for b in (58, 72, 86, 100, 118, 134, 152, 180)]
    songs += [("syncopated", b, 4) for b in (76, 110)] + [("dance", b, 4) for b in (124,)]
    songs += [("waltz", b, 3) for b in (90, 140)]
    for n, (kind, bpm, meter) in enumerate(songs):
        at = beats(bpm)
        mode = "minor" if n % 2 else "major"
        tonic = (n * 5) % 12
        progression = PROGRESSIONS[mode][n % 3]
        key = (MINOR if mode == "minor" else MAJOR)[tonic]

        def draw(m):
            drums(m, kind, at, meter)
            song(m, at, meter, tonic, mode, progression, 0.08)
        one(f"song-{kind}-{bpm}", "drums and chords", at, meter, bpm, key=key, draw=draw)
    # Keys alone: every one, a cadence that leaves no doubt.
    for mode in ("major", "minor"):
        for tonic in range(12):
            at = beats(96)
            key = (MINOR if mode == "minor" else MAJOR)[tonic]
            cadence = ["I", "IV", "V", "I"] if mode == "major" else ["i", "iv", "v+", "i"]
            one(f"key-{key.replace('#', 's')}", "chords", at, 4, None, key=key,
                draw=lambda m: song(m, at, 4, tonic, mode, cadence, 0.12))
    (folder / "truth.json").write_text(json.dumps(truth, indent=1))
    print(f"{len(truth)} files in {folder}, {sum(1 for one in truth if one['bpm'])} with a tempo")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
