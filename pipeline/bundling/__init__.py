"""The offline bundle (离线安装包): a folder from which a machine without internet installs the program."""

from pipeline.bundling.bundling import Bundled, bundle
from pipeline.bundling.target import Target

__all__ = ["Bundled", "Target", "bundle"]
