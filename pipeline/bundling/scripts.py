"""The scripts that install from a bundle. They need Python and nothing else: pip itself is one of the wheels."""

from __future__ import annotations

from string import Template

INSTALL_SH = Template("""\
#!/bin/sh
# 离线安装 juanzong（卷宗）：sh 安装.sh [安装到的文件夹]
set -eu
TARGET=$${1:-"$$HOME/juanzong"}
case "$$TARGET" in /*) ;; *) TARGET="$$PWD/$$TARGET" ;; esac
cd "$$(dirname "$$0")"
PYTHON=$${PYTHON:-python${python}}
command -v "$$PYTHON" >/dev/null 2>&1 || PYTHON=python3
if ! "$$PYTHON" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "${python}")' 2>/dev/null; then
  echo "本安装包需要 Python ${python}。请先安装，或者用 PYTHON=路径 指明。" >&2
  exit 2
fi
mkdir -p "$$TARGET"
# 不用 ensurepip：部分系统没有；pip 也在安装包内
"$$PYTHON" -m venv --without-pip "$$TARGET/.venv"
"$$TARGET/.venv/bin/python" wheels/${pip}/pip --isolated install --quiet --no-index --find-links wheels \\
  --no-deps --require-hashes -r requirements.txt
mkdir -p "$$TARGET/inbox" "$$TARGET/outbox"
cd "$$TARGET"
.venv/bin/juanzong doctor
echo "已安装到 $$TARGET。启动：cd $$TARGET && .venv/bin/juanzong run"
""")

INSTALL_BAT = Template("""\
@echo off
rem 离线安装 juanzong（卷宗）：安装.bat [安装到的文件夹]
chcp 65001 >nul
setlocal
set "TARGET=%~f1"
if "%~1"=="" set "TARGET=%USERPROFILE%\\juanzong"
cd /d "%~dp0"
if "%PYTHON%"=="" set "PYTHON=py -${python}"
%PYTHON% -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '${python}')"
if errorlevel 1 (
  echo 本安装包需要 64 位 Python ${python}。请先安装，安装时勾选 py launcher。
  exit /b 2
)
if not exist "%TARGET%" mkdir "%TARGET%"
%PYTHON% -m venv --without-pip "%TARGET%\\.venv" || exit /b 1
"%TARGET%\\.venv\\Scripts\\python.exe" "wheels\\${pip}\\pip" --isolated install --quiet --no-index --find-links wheels --no-deps --require-hashes -r requirements.txt || exit /b 1
if not exist "%TARGET%\\inbox" mkdir "%TARGET%\\inbox"
if not exist "%TARGET%\\outbox" mkdir "%TARGET%\\outbox"
cd /d "%TARGET%"
".venv\\Scripts\\juanzong.exe" doctor
echo 已安装到 %TARGET%。启动：cd /d "%TARGET%" 然后 .venv\\Scripts\\juanzong run
""")

README = Template("""\
juanzong（卷宗）${version} 离线安装包
适用：${where}，Python ${python}

一、将整个文件夹复制到没有互联网的机器上。
二、先安装 Python ${python}（64 位）。Python 本身不在本安装包内。
三、Linux：sh 安装.sh /srv/juanzong        Windows：安装.bat D:\\juanzong
    不写文件夹的，安装到用户文件夹下的 juanzong。安装过程不连接网络，每个安装包按 requirements.txt 中的校验值核对。
四、安装后自动运行 juanzong doctor，列出有什么、缺什么。
五、升级：停止程序，备份（juanzong backup），用新的安装包向同一文件夹再安装一次。卷宗和台账不受影响。

Windows 另需要 Microsoft Visual C++ 2015-2022 可再发行组件（x64），多数机器已有；没有的，识读时提示缺少 DLL。
另出 PDF 副本需要 LibreOffice，备用识读引擎需要 Tesseract（chi_sim），均为可选，不在本安装包内。
所含软件的许可证见“许可证清单.txt”。
""")
