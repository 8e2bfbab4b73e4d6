#!/usr/bin/env python3
"""Lengths of sound files against the truth, beside what other programs say.

Makes masters of known length, encodes each in every way that the installed encoders know, and asks
this program, ffprobe, ffmpeg (decoding everything) and TagLib how long each file is. A length is
right within a millisecond of its master. Nothing is kept but what is printed.

    lengths.py PROGRAM FOLDER [--masters 20] [--json FILE]

PROGRAM is the built `needledrop`; FOLDER is where the encodings are made (and used again).
"""

import argparse
import array
import json
import math
import random
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

HERE = Path(__file__).parent
SLACK = 0.001

FFMPEG = ["ffmpeg", "-v", "error", "-y", "-nostdin", "-i", "{in}"]


def ff(*options):
    return [*FFMPEG, *options, "{out}"]


# Name, ending, how it is made, and whether its length can be known at all: bare frames without a
# word on what the encoder added before and after cannot be measured to the sample by anybody, nor
# can what ffmpeg writes into Matroska without a word on it (AAC, and the end of Vorbis).
FORMATS = [
    ("wav16", "wav", ff("-c:a", "pcm_s16le"), True),
    ("wav24", "wav", ff("-c:a", "pcm_s24le"), True),
    ("wavfloat", "wav", ff("-c:a", "pcm_f32le"), True),
    ("rf64", "wav", ff("-c:a", "pcm_s16le", "-rf64", "always"), True),
    ("w64", "w64", ff("-c:a", "pcm_s16le"), True),
    ("aiff", "aiff", ff("-c:a", "pcm_s16be"), True),
    ("caf", "caf", ff("-c:a", "pcm_s16le"), True),
    ("caf-alac", "caf", ff("-c:a", "alac"), True),
    ("flac", "flac", ["flac", "-s", "-f", "-o", "{out}", "{in}"], True),
    ("oga-flac", "oga", ff("-c:a", "flac"), True),
    ("alac", "m4a", ff("-c:a", "alac"), True),
    ("mp3-cbr", "mp3", ["lame", "--quiet", "-b", "128", "{in}", "{out}"], True),
    ("mp3-vbr", "mp3", ["lame", "--quiet", "-V", "2", "{in}", "{out}"], True),
    ("mp3-ff", "mp3", ff("-c:a", "libmp3lame", "-b:a", "96k"), True),
    ("mp3-notag", "mp3", ["lame", "--quiet", "-t", "-V", "4", "{in}", "{out}"], False),
    ("mp2", "mp2", ff("-c:a", "mp2"), False),
    ("aac-m4a", "m4a", ff("-c:a", "aac"), True),
    ("aac-fragmented", "m4a", ff("-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+delay_moov"), True),
    ("aac-adts", "aac", ff("-c:a", "aac"), False),
    ("aac-mka", "mka", ff("-c:a", "aac"), False),
    ("vorbis", "ogg", ["oggenc", "-Q", "-o", "{out}", "{in}"], True),
    ("vorbis-webm", "webm", ff("-c:a", "libvorbis"), False),
    ("opus", "opus", ["opusenc", "--quiet", "{in}", "{out}"], True),
    ("opus-webm", "webm", ff("-c:a", "libopus"), True),
    ("opus-mp4", "mp4", ff("-c:a", "libopus"), True),
    ("flac-mka", "mka", ff("-c:a", "flac"), True),
    ("pcm-mka", "mka", ff("-c:a", "pcm_s16le"), True),
    ("pcm-mov", "mov", ff("-c:a", "pcm_s24le"), True),
]


def masters(folder, n):
    """Writes tones with noise, of odd lengths, rates and channels; returns (path, seconds)."""
    chance = random.Random(7)
    rates = [44100, 48000, 44100, 48000, 32000, 22050, 44100, 48000, 44100, 24000]
    made = []
    for i in range(n):
        rate = rates[i % len(rates)]
        channels = 1 if i % 4 == 3 else 2
        frames = int(rate * (0.31 + chance.random() * (2 + 3 * (i % 5)))) + chance.randrange(1153)
        path = folder / f"master-{i:02}.wav"
        if not path.exists():
            data = array.array("h")
            for frame in range(frames):
                tone = 9000 * math.sin(frame * 0.04) * (0.5 + 0.5 * math.sin(frame * 0.0003))
                for _ in range(channels):
                    data.append(int(tone + chance.randrange(-2500, 2500)))
            with wave.open(str(path), "wb") as out:
                out.setnchannels(channels)
                out.setsampwidth(2)
                out.setframerate(rate)
                out.writeframes(data.tobytes())
        with wave.open(str(path)) as written:
            frames = written.getnframes()
        made.append((path, frames / rate))
    return made


def encode(folder, made):
    """Returns (format, path, seconds, can be known) of every encoding that could be made."""
    files = []
    for name, ending, command, is_known in FORMATS:
        if not shutil.which(command[0]):
            print(f"{command[0]} is not installed: {name} is left out", file=sys.stderr)
            continue
        for path, seconds in made:
            out = folder / f"{path.stem}.{name}.{ending}"
            if not out.exists():
                words = [word.replace("{in}", str(path)).replace("{out}", str(out)) for word in command]
                done = subprocess.run(words, capture_output=True)
                if done.returncode or not out.exists():
                    out.unlink(missing_ok=True)
                    continue
            files.append((name, out, seconds, is_known))
    return files


def ours(program, paths):
    said = subprocess.run([program, "probe", "--json", *map(str, paths)], capture_output=True)
    rows = json.loads(said.stdout)
    rates = {row["path"]: row["sample_rate"] for row in rows}
    return {row["path"]: (row["seconds"], row["exact"]) for row in rows}, rates


def analyzed(program, paths, rates):
    said = subprocess.run([program, "analyze", "--json", *map(str, paths)], capture_output=True)
    rows = json.loads(said.stdout)
    return {
        row["path"]: (row["frames"] / rates[row["path"]] if row.get("frames") else None, True)
        for row in rows
    }


def ffprobe(paths):
    found = {}
    for path in paths:
        said = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)]
        text = subprocess.run(said, capture_output=True, text=True).stdout.strip()
        found[str(path)] = (float(text) if text not in ("", "N/A") else None, True)
    return found


def decoded(paths):
    found = {}
    for path in paths:
        said = ["ffmpeg", "-v", "error", "-nostdin", "-i", str(path), "-map", "0:a:0",
                "-ac", "1", "-ar", "48000", "-f", "s16le", "-"]
        bytes_out = subprocess.run(said, capture_output=True).stdout
        found[str(path)] = (len(bytes_out) / 2 / 48000, True)
    return found


def taglib(paths):
    tool = HERE / "taglib_probe.cc"
    out = Path(tempfile.gettempdir()) / "taglib_probe"
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "taglib"], capture_output=True, text=True)
    if flags.returncode:
        return None
    build = ["c++", "-O2", "-pthread", "-o", str(out), str(tool), *flags.stdout.split()]
    if subprocess.run(build, capture_output=True).returncode:
        return None
    said = subprocess.run([str(out)], input="\n".join(map(str, paths)), capture_output=True, text=True)
    found = {}
    for line in said.stdout.splitlines():
        length, _, _, path = line.split("\t")
        found[path] = (int(length) / 1000 if int(length) >= 0 else None, True)
    return found


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("program")
    ask.add_argument("folder", type=Path)
    ask.add_argument("--masters", type=int, default=20)
    ask.add_argument("--json", type=Path)
    said = ask.parse_args()
    said.folder.mkdir(parents=True, exist_ok=True)
    files = encode(said.folder, masters(said.folder, said.masters))
    paths = [path for _, path, _, _ in files]
    probed, rates = ours(said.program, paths)
    answers = {
        "probe": probed,
        "analyze": analyzed(said.program, paths, rates),
        "ffmpeg": decoded(paths),
        "ffprobe": ffprobe(paths),
        "taglib": taglib(paths),
    }
    answers = {name: answer for name, answer in answers.items() if answer}
    names = [name for name, *_ in FORMATS]
    print(f"{'format':16}{'n':>4}" + "".join(f"{name:>9}" for name in answers))
    totals, n_all, n_knowable, wrong = dict.fromkeys(answers, 0), 0, 0, []
    for name in names:
        of_format = [it for it in files if it[0] == name]
        if not of_format:
            continue
        n_all += len(of_format)
        n_knowable += sum(is_known for *_, is_known in of_format)
        row = f"{name:16}{len(of_format):>4}"
        for who, answer in answers.items():
            n = 0
            for _, path, truth, is_known in of_format:
                length, is_exact = answer.get(str(path), (None, False))
                is_right = length is not None and abs(length - truth) <= SLACK
                n += is_right
                if who in ("probe", "analyze") and not is_right:
                    off = None if length is None else round((length - truth) * 1000, 2)
                    wrong.append((who, str(path.name), off, is_exact, is_known))
            totals[who] += n
            row += f"{n:>9}"
        print(row)
    print(f"{'all':16}{n_all:>4}" + "".join(f"{totals[who]:>9}" for who in answers))
    print(f"of which can be known: {n_knowable}")
    silent = [it for it in wrong if it[0] == "probe" and it[3] and it[4] and (it[2] or 0) < 0]
    print(f"\nsilently short, of those that can be known: {len(silent)}")
    for who, name, off, is_exact, is_known in wrong:
        print(f"  {who}: {name}: {off} ms off, {'exact' if is_exact else 'about'}"
              f"{'' if is_known else ', cannot be known'}")
    if said.json:
        said.json.write_text(json.dumps({"n": n_all, "right": totals, "wrong": wrong}, indent=1))


if __name__ == "__main__":
    main()
