"""Everything that can go wrong on purpose, as one tree.

    JuanzongError
    ├── UsageError            wrong options or configuration (exit status 2)
    │   └── StandardError     a standard or template that does not hold together
    └── InputError            a closing file, or a part of it, that cannot be used (exit status 3)

Every error has a code, one Chinese sentence that says what is wrong, and what the clerk does next.
"""

from __future__ import annotations


class JuanzongError(Exception):
    """An expected outcome. Its text is for the clerk; it never shows as a traceback."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(JuanzongError):
    """The command line, the settings or a case file are wrong."""


class StandardError(UsageError):
    """A standard, overlay or template is not valid; the message names file and line."""


INPUT_MESSAGES: dict[str, str] = {
    "empty": "文件是空的，没有任何内容。请重新扫描或者重新导出后再放入收件箱。",
    "corrupt": "文件已损坏，无法打开。请核对原文件能否正常打开，重新扫描或者重新复制后再放入收件箱。",
    "incomplete": "文件尚未传输完整。请等待复制或者扫描结束，必要时重新放入收件箱。",
    "encrypted": "文件设有密码，无法读取。请解除密码后另存，再放入收件箱。",
    "unsupported": "不是可以审查的文件类型。请提供 PDF、图片（JPG、PNG、TIFF）、Word（DOCX）、OFD 或者 ZIP 文件。",
    "too_large": "文件或者页面过大，超出处理上限。请按 A4 幅面、300 dpi 以下重新扫描，或者分成几份后再放入收件箱。",
    "unsafe_archive": "压缩包含有不安全的内容（越界路径、过高压缩比或者嵌套压缩包），未予解压。请将卷宗扫描件直接放入文件夹后再提交。",
    "no_permission": "没有读取该文件的权限。请检查文件的访问权限，或者联系管理员处理后重新放入收件箱。",
    "not_found": "找不到该文件。请核对路径和文件名。",
    "timeout": "处理超时，该页或者该文件未能读完。请重新扫描后再试；多次超时的，请联系管理员。",
    "crashed": "读取时程序异常中断，已经自动重试仍未成功。原件已经妥善保存，请重新扫描后再试或者联系管理员。",
    "old_workbook": "这是旧版 Excel 文件（.xls），无法读取。请用 Excel 或者 WPS 打开，另存为 .xlsx 文件后再放入收件箱。",
    "large_workbook": "表格过大，无法读取。请删除多余的空白行、图片和其他工作表，或者分成几份后再放入收件箱。",
    "growing": "放入收件箱已久，内容仍在变化，尚未收卷。请核对复制或者扫描是否已经结束；不再变化后自动收卷，无须重新放入。",
    "held_up": "放入收件箱已久，未能收卷：可能正被其他程序（例如扫描软件、Word）打开，或者磁盘、网络有故障。请关闭该程序或者联系管理员；此后自动收卷，无须重新放入。",
    "temporary_name": "名称表明下载或者复制没有完成（例如 .part、.tmp），且已久无变化，未予收卷。请重新下载或者复制；确已完整的，改为正式的文件名后自动收卷。",
    "no_pages": "文件中没有可以审查的页面。请核对是否放错了文件。",
}
"""Code to sentence. The codes of the contract come first; a new code needs a sentence here."""


class InputError(JuanzongError):
    """A closing file or a part of it cannot be used. `code` is a key of `INPUT_MESSAGES`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(INPUT_MESSAGES[code])
        self.code = code
        self.detail = detail
        """For the log only: a technical reason, without personal data."""

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.code, self.detail)
