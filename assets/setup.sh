# Makes sure that what a build needs is there. Sourced by the scripts that open the program and
# run its tests; on a machine that has everything it installs nothing and needs no root.
#
#   setup build   a compiler, ALSA's headers, cmake for Opus, and Rust
#   setup run     what a window and a sound card need besides
#   setup test    what drawing test pictures without a screen needs besides

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "Please run this as root, then start again: $*" >&2
        exit 1
    fi
}

# Prints those of the given packages that are not installed.
lacking() {
    for package in "$@"; do
        case $manager in
        apt) dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package" ;;
        dnf) rpm -q --whatprovides "$package" >/dev/null 2>&1 || echo "$package" ;;
        pacman) pacman -Qq "$package" >/dev/null 2>&1 || pacman -T "$package" ;;
        esac
    done
}

install_packages() {
    missing=$(lacking "$@")
    [ -n "$missing" ] || return 0
    echo "Installing" $missing >&2
    # Package names hold no blanks, so they are split on purpose.
    # shellcheck disable=SC2086
    case $manager in
    apt)
        as_root apt-get update -qq
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
        ;;
    dnf) as_root dnf install -y -q $missing >&2 ;;
    pacman) as_root pacman -S --needed --noconfirm $missing >&2 ;;
    esac
}

# ALSA's run-time library was renamed in Debian 13 and Ubuntu 24.04.
apt_name() {
    for package in "$@"; do
        if dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
            [ -n "$(apt-cache madison "$package" 2>/dev/null)" ]; then
            echo "$package"
            return
        fi
    done
    echo "$1"
}

setup_packages() {
    if command -v apt-get >/dev/null 2>&1; then
        manager=apt
        case $1 in
        build) install_packages build-essential pkg-config libasound2-dev cmake ;;
        run) install_packages "$(apt_name libasound2t64 libasound2)" libasound2-plugins \
            libxkbcommon0 libxkbcommon-x11-0 libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 \
            libwayland-client0 libegl1 libgl1 libgl1-mesa-dri libvulkan1 mesa-vulkan-drivers libfontconfig1 \
            libdbus-1-3 ;;
        test) install_packages libvulkan1 mesa-vulkan-drivers ;;
        esac
    elif command -v dnf >/dev/null 2>&1; then
        manager=dnf
        case $1 in
        build) install_packages gcc gcc-c++ make pkgconf-pkg-config alsa-lib-devel cmake ;;
        run) install_packages alsa-lib libxkbcommon-x11 libX11-xcb libXcursor libXi libXrandr \
            libwayland-client libglvnd-egl libglvnd-glx mesa-dri-drivers vulkan-loader mesa-vulkan-drivers fontconfig dbus-libs ;;
        test) install_packages vulkan-loader mesa-vulkan-drivers ;;
        esac
    elif command -v pacman >/dev/null 2>&1; then
        manager=pacman
        case $1 in
        build) install_packages base-devel pkgconf alsa-lib cmake ;;
        run) install_packages alsa-lib libxkbcommon-x11 libx11 libxcursor libxi libxrandr wayland \
            libglvnd mesa vulkan-icd-loader vulkan-swrast fontconfig dbus ;;
        test) install_packages vulkan-icd-loader vulkan-swrast ;;
        esac
    elif [ "$(uname -s)" = Darwin ]; then
        if [ "$1" = build ] && ! xcode-select -p >/dev/null 2>&1; then
            echo "Please install Apple's command line tools first: xcode-select --install" >&2
            exit 1
        fi
    else
        echo "This system's packages are not known here; README.md lists what is needed." >&2
    fi
}

# Rust of at least the version that Cargo.toml asks for.
setup_rust() {
    # shellcheck disable=SC1091
    [ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    if command -v cargo >/dev/null 2>&1; then
        have=$(cargo --version | cut -d ' ' -f 2)
        newest=$(printf '%s\n%s\n' "$have" "$wanted" | sort -V | tail -n 1)
        [ "$newest" = "$have" ] && return 0
        if command -v rustup >/dev/null 2>&1; then
            echo "Rust $have is too old; $wanted is needed" >&2
            rustup toolchain install stable --profile default >&2
            rustup default stable >&2
            return 0
        fi
    fi
    echo "Installing Rust $wanted or newer for this user" >&2
    if ! command -v rustup >/dev/null 2>&1; then
        command -v curl >/dev/null 2>&1 || install_packages curl ca-certificates
        curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile default >&2
        # shellcheck disable=SC1091
        . "$HOME/.cargo/env"
    fi
    rustup toolchain install stable --profile default >&2
}

setup() {
    for what in "$@"; do
        setup_packages "$what"
    done
    setup_rust
    # Opus is on wherever its library can be built.
    features=
    if command -v cmake >/dev/null 2>&1 && command -v cc >/dev/null 2>&1; then
        features="--features opus"
    fi
}
