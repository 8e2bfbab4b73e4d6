#!/usr/bin/env python3
"""What independent readers find in what needledrop writes of an episode.

    readers.py PROGRAM [SHOW] [--episode 203] [--keep FOLDER]

PROGRAM is the built `needledrop`, SHOW the demo show where none is named. Every format is written,
then read by OpenTimelineIO (with its adapters for CMX 3600 and Final Cut Pro 7), by pycmx, and by
an XML parser: xmllint where there is one, else lxml. They are installed with pip into a folder that
is thrown away; what cannot be installed is skipped, and said so. FCPXML is held against Apple's
document types where FCPXML_DTDS names a folder with them (`FCPXML-1.10.dtd` or `FCPXMLv1_10.dtd`).

What each reader finds is compared with what needledrop itself reads; exits with 1 where they
differ.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from fractions import Fraction
from pathlib import Path

PACKAGES = ["opentimelineio", "otio-cmx3600-adapter", "otio-fcp-adapter", "pycmx", "lxml"]
DEMO = Path(__file__).parents[2] / "assets" / "demo" / "Demo.needledrop"
VERSIONS = [f"1.{minor}" for minor in range(8, 14)]
FORMATS = {
    "otio": "out.otio",
    "xmeml": "out.xml",
    "edl": "out.edl",
    "resolve-markers": "resolve.edl",
    "avid-markers": "avid.txt",
    "csv": "markers.csv",
    "m3u8": "songs.m3u8",
    "xspf": "songs.xspf",
}


def install(folder):
    """Installs the readers; returns a Python that has them."""
    venv.create(folder, with_pip=True)
    python = next(p for p in [folder / "bin/python", folder / "Scripts/python.exe"] if p.exists())
    for package in PACKAGES:
        done = subprocess.run([python, "-m", "pip", "-q", "install", package], capture_output=True)
        if done.returncode:
            print(f"skipped: {package} cannot be installed")
    return python


class Needledrop:
    def __init__(self, program, show, episode, out):
        self.program, self.show, self.episode, self.out = program, show, episode, out

    def run(self, *words):
        home = self.out / "home"
        done = subprocess.run([self.program, *words, "--home", home], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"needledrop {' '.join(map(str, words))}: {done.stderr}")
        return json.loads(done.stdout)

    def export(self, kind, name, *more):
        path = self.out / name
        told = self.run("export", self.show, "--episode", self.episode, "--format", kind,
                        "-o", path, "--json", *more)
        return [Path(file) for file in told["files"]], told

    def read(self, path, rate):
        return self.run("markers", path, "--rate", rate, "--json")


def own(listed):
    """Music as (frame, length) and marks as frames, as needledrop reads its own file."""
    music = sorted({(e["frame"], e["length_frames"]) for e in listed["events"]})
    marks = sorted(m["frame"] for m in listed["markers"])
    return music, marks


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("show", nargs="?", default=DEMO)
    parser.add_argument("--episode", default="203")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        out = args.keep or scratch / "out"
        out.mkdir(parents=True, exist_ok=True)
        python = install(scratch / "venv")
        needle = Needledrop(args.program, args.show, args.episode, out)
        told, files = {}, {}
        for kind, name in FORMATS.items():
            files[kind], told[kind] = needle.export(kind, name)
        for version in VERSIONS:
            kind = f"fcpxml {version}"
            more = ["--fcpxml-version", version]
            files[kind], told[kind] = needle.export("fcpxml", f"out-{version}.fcpxml", *more)
        for kind in ["otio", "fcpxml 1.10", "edl"]:
            for remark in told[kind]["report"]:
                print(f"{kind} says: {remark}")
        timeline = needle.read(files["otio"][0], "25")
        rate, drop = Fraction(timeline["rate"]), timeline["drop"]
        spoken = f"{timeline['rate']}{' DF' if drop else ''}"
        start = needle.read(files["fcpxml 1.10"][0], spoken)["start"]
        print(f"needledrop: {rate} fps, start {start}, {len(timeline['events'])} events, "
              f"{len(timeline['markers'])} markers")
        expected = {
            "rate": str(rate),
            "otio": own(timeline),
            "xmeml": own(needle.read(files["xmeml"][0], spoken)),
            "edl": [own(needle.read(path, spoken)) for path in files["edl"]],
        }
        job = {
            "expected": expected,
            "files": {kind: [str(p) for p in paths] for kind, paths in files.items()},
            "xmllint": shutil.which("xmllint"),
            "dtds": os.environ.get("FCPXML_DTDS"),
        }
        script = Path(__file__).with_name("read_timelines.py")
        done = subprocess.run([python, script], input=json.dumps(job), text=True)
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
