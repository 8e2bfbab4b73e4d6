#!/usr/bin/env python3
"""A folder of a hundred thousand sound files to list: a few hundred short encodings with tags of
their own, each linked many times over in folders of a thousand.

    corpus.py FOLDER [--files 100000]
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Ending, how ffmpeg is asked, and how many of a hundred files: about what a music drive holds.
KINDS = [
    ("mp3", ["-c:a", "libmp3lame", "-b:a", "192k"], 45),
    ("m4a", ["-c:a", "aac"], 15),
    ("flac", ["-c:a", "flac"], 12),
    ("wav", ["-c:a", "pcm_s16le"], 10),
    ("ogg", ["-c:a", "libvorbis"], 6),
    ("aiff", ["-c:a", "pcm_s16be", "-write_id3v2", "1"], 5),
    ("opus", ["-c:a", "libopus"], 5),
    ("m4a", ["-c:a", "alac"], 2),
]
PER_FOLDER = 1000


def make(folder, n_kinds):
    """Makes the encodings, three of each hundredth, and returns their paths."""
    made = []
    for at, (ending, options, share) in enumerate(KINDS):
        for n in range(share * n_kinds):
            out = folder / f"{at}-{n:03}.{ending}"
            if not out.exists():
                tone = f"sine=frequency={200 + 7 * n}:duration={2 + n % 5}.{n % 10}"
                tags = [f"title=Song {n} in {ending}", f"artist=Band {n % 17}", f"album=Record {n % 31}",
                        f"genre=Pop", f"date={1970 + n % 50}", f"comment=take {n}"]
                tags = [word for tag in tags for word in ("-metadata", tag)]
                command = ["ffmpeg", "-v", "error", "-y", "-nostdin", "-f", "lavfi", "-i", tone, "-ac", "2",
                           *options, *tags, str(out)]
                subprocess.run(command, check=True)
            made.append(out)
    return made


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--files", type=int, default=100_000)
    said = ask.parse_args()
    if not shutil.which("ffmpeg"):
        sys.exit("ffmpeg is not installed")
    base = said.folder / "base"
    base.mkdir(parents=True, exist_ok=True)
    encodings = make(base, 3)
    for n in range(said.files):
        folder = said.folder / "drive" / f"{n // PER_FOLDER:03}"
        if n % PER_FOLDER == 0:
            folder.mkdir(parents=True, exist_ok=True)
        encoding = encodings[n % len(encodings)]
        link = folder / f"{n:06} {encoding.name}"
        if not link.exists():
            os.link(encoding, link)
    print(f"{said.files} files of {len(encodings)} encodings in {said.folder / 'drive'}")


if __name__ == "__main__":
    main()
