"""Names of hosts, addresses of machines and links, as other domains take them."""

import ipaddress
from typing import Annotated

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument

IpAddress = Annotated[str, Field(pattern=r"^[0-9a-fA-F:.]+$"), Entity("ip.address")]
"""IPv4 or IPv6: 192.0.2.7, 2001:db8::1."""
IpNetwork = Annotated[str, Field(pattern=r"^[0-9a-fA-F:.]+/[0-9]{1,3}$"), Entity("ip.network")]
"""CIDR notation: 192.0.2.0/24."""
HostName = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$"), Entity("host.name")]
"""Domain name: www.example.com."""
Url = Annotated[str, Entity("web.url")]
"""https://www.example.com/menu"""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_address(name: str, text: str) -> Address:
    """The address. Raises InvalidArgument."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise InvalidArgument(f"{name} '{text[:60]}' is no IPv4 or IPv6 address") from None


def read_network(name: str, text: str, strict: bool = False) -> Network:
    """The network; host bits are cleared unless `strict`. Raises InvalidArgument."""
    try:
        return ipaddress.ip_network(text, strict=strict)
    except ValueError:
        raise InvalidArgument(f"{name} '{text[:60]}' is no network such as 192.0.2.0/24") from None
