"""Lays weights into a bucket, once, and links the pod's directory to them.

Arguments: bucket, links and scratch directory, and a JSON list of {repository, revision, link}.

A revision that the bucket has costs no call to Hugging Face. One that it lacks is resolved to its
commit and written below that commit's name, so pods that start at once write the same bytes to the
same objects, or, where a branch has just moved, to different ones. The reference is written last:
where it is, all files are.
"""

import json
import shutil
import sys
from pathlib import Path


def known_commit(bucket, repository, revision):
    reference = bucket / repository / "refs" / revision
    if not reference.exists():
        return None
    # An object that is being written may show up empty.
    return reference.read_text().strip() or None


def fetch(bucket, scratch, repository, revision):
    from huggingface_hub import HfApi, snapshot_download

    commit = HfApi().model_info(repository, revision=revision).sha
    local = scratch / repository
    # By way of a disk: the library writes here and there in a file, a bucket takes it in one stream.
    # original/ is the same model again, in a format that vLLM does not read.
    snapshot_download(repository, revision=commit, local_dir=local, ignore_patterns=["original/*"])
    for source in sorted(path for path in local.rglob("*") if path.is_file()):
        name = source.relative_to(local)
        if name.parts[0] != ".cache":
            copy(source, bucket / repository / commit / name)
    shutil.rmtree(local)
    reference = bucket / repository / "refs" / revision
    reference.parent.mkdir(parents=True, exist_ok=True)
    reference.write_text(commit)
    return commit


def copy(source, destination):
    if is_whole(destination, source):
        return
    destination.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, destination)
    except OSError:
        # Another pod may have finished the same object first.
        if not is_whole(destination, source):
            raise


def is_whole(destination, source):
    return destination.exists() and destination.stat().st_size == source.stat().st_size


def link_to(target, link):
    # The container may have been started again.
    if link.is_symlink():
        link.unlink()
    link.symlink_to(target, target_is_directory=True)


def main(bucket, links, scratch, wanted):
    for model in json.loads(wanted):
        repository, revision = model["repository"], model["revision"]
        commit = known_commit(bucket, repository, revision)
        print(f"{repository}@{revision}: {commit or 'not in the bucket yet'}", flush=True)
        commit = commit or fetch(bucket, scratch, repository, revision)
        link_to(bucket / repository / commit, links / model["link"])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), sys.argv[4])
