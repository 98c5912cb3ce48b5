"""The office's settings (`juanzong.toml`), each with a default that works.

Looked up in this order: environment (`JUANZONG_…`), `juanzong.toml` in the working directory, the defaults below.
"""

from __future__ import annotations

import os
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipeline.errors import UsageError
from schemas.base import Frozen
from schemas.case import Binding
from schemas.numbering import Numbering
from schemas.roster import Preferences


class ReadingLimits(Frozen):
    """What one page may cost before it is given up as unreadable."""

    page_pixels: int = Field(default=120_000_000, description="Pixels of one page image")
    page_seconds: float = Field(
        default=60.0,
        description="Processor seconds of reading for one page; the wall clock may take five times as long",
    )
    worker_megabytes: int = Field(default=3000, description="Memory of one worker before it is replaced")


class ArchiveLimits(Frozen):
    """What a ZIP or a folder may hold before it is refused."""

    files: int = Field(default=2000, description="Files in one closing file")
    total_megabytes: int = Field(default=2048, description="Unpacked size of one closing file")
    ratio: int = Field(default=200, description="Unpacked size over packed size of one member")
    pages: int = Field(default=3000, description="Pages in one closing file")


class Watching(StrEnum):
    """How the inbox is watched (看守方式). The rescan goes on in each of them."""

    AUTO = "auto"
    """By the system's events, on a share by the rescan alone."""
    EVENTS = "events"
    POLLING = "polling"


class MailSecurity(StrEnum):
    """How the connection to the mail server is encrypted."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"
    """Only for a server on the same machine."""


class MailSettings(Frozen):
    """The mail server that letters go out by. Off unless `enabled`: nothing leaves the machine by itself."""

    enabled: bool = Field(default=False, description="是否由程序发送邮件")
    host: str = Field(default="", description="邮件服务器（SMTP）地址")
    port: int = Field(default=465, description="端口")
    security: MailSecurity = Field(default=MailSecurity.TLS, description="加密方式：tls、starttls 或者 none")
    certificate: Path | None = Field(default=None, description="邮件服务器自有证书（PEM），一般不需要")
    user: str = Field(default="", description="用户名")
    password: SecretStr = Field(
        default=SecretStr(""), description="密码或者授权码；宜用环境变量 JUANZONG_MAIL__PASSWORD"
    )
    sender: str = Field(default="", description="发件地址")
    timeout_seconds: float = Field(default=30.0, description="等待邮件服务器答复的秒数")
    retry_minutes: float = Field(default=15.0, description="未能发出的邮件每隔多少分钟重试")
    give_up_days: int = Field(default=3, description="重试多少日仍未发出的，交人工处理")

    @model_validator(mode="after")
    def _complete(self) -> MailSettings:
        if self.enabled and not (self.host and self.sender):
            raise ValueError("启用邮件的，应当填写邮件服务器 host 和发件地址 sender")
        return self


class Settings(BaseSettings):
    """All settings. Paths are relative to the working directory."""

    model_config = SettingsConfigDict(env_prefix="JUANZONG_", env_nested_delimiter="__", toml_file="juanzong.toml")

    office_name: str = Field(default="××法律援助处", description="本机构全称，用于文书落款")
    office_phone: str = Field(default="", description="联系电话，用于补正通知书")
    office_address: str = Field(default="", description="办公地址，用于补正通知书")
    standard: str = Field(default="gd", description="默认归档标准")
    standards_dir: Path | None = Field(default=None, description="本机构自有标准（YAML）所在文件夹")
    binding: Binding | None = Field(
        default=None, description="分卷的装订方式：combined（二卷合一）或者 separate（分别立卷）；不填则逐卷判断"
    )
    unconfirmed_block: bool = Field(default=True, description="尚未经本机构确认的依据（依据待核）可否据以暂缓发放补贴")
    rates: str | None = Field(default=None, description="补贴标准表：随附的标准表名或者 YAML 文件路径")
    templates_dir: Path | None = Field(default=None, description="本机构自有文书模板所在文件夹")
    inbox: Path = Field(default=Path("inbox"), description="收件箱")
    outbox: Path = Field(default=Path("outbox"), description="发件箱")
    state: Path = Field(default=Path(".juanzong"), description="台账、原件和识读缓存")
    database: SecretStr = Field(
        default=SecretStr(""), description="台账数据库：postgresql://用户:密码@主机/库名；不填则用台账文件夹中的 SQLite"
    )
    engine: str = Field(default="ppocr", description="识读引擎：ppocr 或者 tesseract")
    workers: int = Field(
        default_factory=lambda: max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1))),
        description="识读进程数，默认每个处理器核心一个",
    )  # fmt: skip
    quiet_seconds: float = Field(default=5.0, description="放入收件箱后静置多少秒视为放完")
    rescan_seconds: float = Field(default=10.0, description="每隔多少秒重新扫描收件箱")
    watching: Watching = Field(
        default=Watching.AUTO,
        description="收件箱的看守方式：auto（网络共享定时检查，其余由系统通知）、events（系统通知）或者 polling（定时检查）",
    )
    unsettled_minutes: float = Field(default=30.0, description="放入收件箱多少分钟仍未能收卷的，在台账中说明")
    cure_days: int | None = Field(default=None, description="补正期限（工作日）；不填则按归档标准")
    pdf_copies: bool = Field(default=False, description="文书另出 PDF 副本（需要安装 LibreOffice）")
    numbers: Numbering = Field(default=Numbering(), description="案件和文书的编号规则")
    assigning: Preferences = Field(default=Preferences(), description="指派时擅长领域、服务地区抵几件在办案件")
    mail: MailSettings = MailSettings()
    reading: ReadingLimits = ReadingLimits()
    archive: ArchiveLimits = ArchiveLimits()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@cache
def load_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def checked_settings() -> Settings:
    """The settings of this process. Raises UsageError with a sentence about the first thing that is wrong in them."""
    try:
        return load_settings()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        what = str(first["msg"]).removeprefix("Value error, ")
        raise UsageError(f"配置文件 juanzong.toml 或者环境变量有误（{where}）：{what}。") from error
    except ValueError as error:
        raise UsageError(f"配置文件 juanzong.toml 或者环境变量有误：{error}") from error
