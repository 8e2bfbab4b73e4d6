"""Reads files with every reader that can be imported; `readers.py` runs it where they are.

Takes on standard input what was written and what should be found, as JSON. Prints a line for each
file and reader.
"""

import glob
import json
import subprocess
import sys
from fractions import Fraction

job = json.load(sys.stdin)
rate = Fraction(job["expected"]["rate"])
failures = 0


def tell(reader, what, found, is_right=None):
    global failures
    mark = {True: "same", False: "DIFFERS", None: "read"}[is_right]
    failures += is_right is False
    print(f"{reader:<16} {what:<16} {mark:<8} {found}")


def optional(name):
    try:
        return __import__(name)
    except ImportError:
        print(f"{name:<16} {'':<16} skipped  it is not installed")
        return None


def frames(time):
    """The nearest frame of an opentime."""
    return round(Fraction(time.value) / Fraction(time.rate).limit_denominator(10**6) * rate)


def music_of(timeline, start):
    spans = set()
    for track in timeline.tracks:
        for clip in track.find_clips():
            span = clip.range_in_parent()
            first, last = frames(span.start_time), frames(span.end_time_exclusive())
            spans.add((start + first, last - first))
    return sorted(spans)


def as_pairs(music):
    return sorted({(a, b) for a, b in music})


def otio_reads(otio):
    files, expected = job["files"], job["expected"]
    for kind, adapter in [("otio", "otio_json"), ("xmeml", "fcp_xml")]:
        try:
            read = otio.adapters.read_from_file(files[kind][0], adapter_name=adapter)
        except Exception as error:
            tell(f"otio {adapter}", kind, repr(error)[:200], False)
            continue
        start = frames(read.global_start_time)
        music, marks = expected[kind]
        found = music_of(read, start)
        found_marks = sorted(start + frames(m.marked_range.start_time) for m in read.tracks.markers)
        is_right = found == as_pairs(music) and found_marks == marks
        clips = read.find_clips()
        n_alternates = sum(len(clip.media_references()) - 1 for clip in clips)
        tell(f"otio {adapter}", kind,
             f"{len(clips)} clips on {len(read.tracks)} tracks, {n_alternates} alternates, "
             f"{len(found_marks)} markers, start {start}", is_right)
    for path, (music, _) in zip(files["edl"], expected["edl"]):
        try:
            read = otio.adapters.read_from_file(path, adapter_name="cmx_3600", rate=float(rate))
        except Exception as error:
            tell("otio cmx_3600", "edl", repr(error)[:200], False)
            continue
        # Without picture it counts from the first clip of each track.
        first = min((at for at, _ in music), default=0)
        found = music_of(read, first)
        kinds = sorted({track.kind for track in read.tracks})
        names = " ".join(track.name for track in read.tracks)
        tell("otio cmx_3600", "edl", f"{len(read.find_clips())} clips on {names} ({kinds})",
             found == as_pairs(music) and kinds in ([], ["Audio"]))


def label_frames(label):
    """The frame of a label, by the rule of SMPTE ST 12-1."""
    hours, minutes, seconds, n = (int(part) for part in label.replace(";", ":").split(":"))
    nominal = round(rate)
    dropped = nominal // 15 if ";" in label else 0
    total = hours * 60 + minutes
    return (total * 60 + seconds) * nominal + n - dropped * (total - total // 10)


def pycmx_reads(pycmx):
    for path, (music, _) in zip(job["files"]["edl"], job["expected"]["edl"]):
        with open(path, newline="") as file:
            read = pycmx.parse_cmx3600(file)
        edits = [edit for event in read.events for edit in event.edits]
        found = set()
        for edit in edits:
            first, last = label_frames(edit.record_in), label_frames(edit.record_out)
            found.add((first, last - first))
        channels = sorted({channel for edit in edits for channel in edit.channels.channels})
        names = sum(1 for edit in edits if edit.clip_name)
        tell("pycmx", "edl", f"{len(edits)} edits on channels {channels}, {names} with names",
             sorted(found) == as_pairs(music) and names == len(edits))


def xml_reads(etree):
    for kind, paths in job["files"].items():
        if not kind.startswith(("fcpxml", "xmeml", "xspf")):
            continue
        path = paths[0]
        if job["xmllint"]:
            done = subprocess.run([job["xmllint"], "--noout", "--nonet", path],
                                  capture_output=True, text=True)
            tell("xmllint", kind, done.stderr.strip()[:200] or "well-formed", done.returncode == 0)
        elif etree:
            try:
                root = etree.parse(path).getroot()
                tell("lxml", kind, f"well-formed, {sum(1 for _ in root.iter())} elements", True)
            except etree.XMLSyntaxError as error:
                tell("lxml", kind, str(error), False)
        if kind.startswith("fcpxml") and job["dtds"]:
            valid(etree, kind, path)


def valid(etree, kind, path):
    version = kind.split()[1]
    names = [f"FCPXML-{version}.dtd", f"FCPXMLv{version.replace('.', '_')}.dtd"]
    dtds = [dtd for name in names for dtd in glob.glob(f"{job['dtds']}/**/{name}", recursive=True)]
    if not dtds:
        tell("document type", kind, f"skipped, as there is none for {version}")
    elif job["xmllint"]:
        done = subprocess.run([job["xmllint"], "--noout", "--nonet", "--dtdvalid", dtds[0], path],
                              capture_output=True, text=True)
        tell("xmllint", kind, done.stderr.strip()[:300] or "valid", done.returncode == 0)
    elif etree:
        dtd = etree.DTD(dtds[0])
        is_valid = dtd.validate(etree.parse(path))
        tell("lxml", kind, "valid" if is_valid else str(dtd.error_log)[:300], is_valid)


if otio := optional("opentimelineio"):
    otio_reads(otio)
if pycmx := optional("pycmx"):
    pycmx_reads(pycmx)
lxml = optional("lxml")
if lxml:
    import lxml.etree
xml_reads(lxml.etree if lxml else None)
print(f"{failures} differ" if failures else "nothing differs")
sys.exit(1 if failures else 0)
