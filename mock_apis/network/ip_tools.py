"""IPv4 and IPv6 addresses and networks, by the rules of the RFCs."""

import ipaddress
from itertools import islice
from typing import Annotated, Any

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.network.addresses import HostName, IpAddress, IpNetwork, read_address, read_network

ip_tools = Domain("ip_tools", category="network", description="Calculate with IPv4 and IPv6 addresses and networks.")

LARGEST = 2**53 - 1
"""Whole numbers above it are not exact in every JSON reader."""


class Subnet(Record):
    network: IpNetwork
    version: int
    first: IpAddress
    last: IpAddress
    """The broadcast address of an IPv4 network."""
    netmask: str
    prefix_length: int
    addresses: str
    """How many, as a decimal numeral."""


class Membership(Record):
    contained: bool


class NetworkList(Record):
    total: int
    networks: list[IpNetwork]


class AddressFacts(Record):
    address: IpAddress
    """In its short form."""
    version: int
    long_form: str
    """All eight groups of an IPv6 address; the same for IPv4."""
    decimal: str
    hex: str
    private: bool
    """Not meant to be reached from the whole internet."""
    loopback: bool
    link_local: bool
    multicast: bool


class Pointer(Record):
    name: HostName


class AddressResult(Record):
    address: IpAddress


class Distance(Record):
    addresses: str
    """How far the second one is after the first one, as a decimal numeral; negative if before."""


@ip_tools.tool(example={"network": "192.168.10.0/26"}, kind="computation")
def subnet(w: World, network: IpNetwork) -> Subnet:
    """Tell the first and last address, netmask and size of a network.

    network: Network in CIDR notation; host bits are cleared.
    """
    read = read_network("network", network)
    return Subnet(
        network=str(read), version=read.version, first=str(read.network_address), last=str(read.broadcast_address),
        netmask=str(read.netmask), prefix_length=read.prefixlen, addresses=str(read.num_addresses),
    )  # fmt: skip


@ip_tools.tool(example={"network": "10.0.0.0/8", "address": "10.20.30.40"}, kind="computation")
def contains(w: World, network: IpNetwork, address: IpAddress) -> Membership:
    """Tell whether an address lies in a network.

    network: Network in CIDR notation.
    address: Address of either version; another version than the network's is never inside.
    """
    return Membership(contained=read_address("address", address) in read_network("network", network))


@ip_tools.tool(example={"network": "192.168.0.0/24", "new_prefix": 26}, errors=[FailedPrecondition], kind="computation")
def split(
    w: World, network: IpNetwork, new_prefix: Annotated[int, Field(ge=0, le=128)], limit: Limit = 8
) -> NetworkList:
    """Split a network into equal subnets of a longer prefix.

    network: Network in CIDR notation.
    new_prefix: Prefix length of the subnets, at most 16 longer than that of the network.
    limit: At most this many subnets are listed, lowest first.
    """
    read = read_network("network", network)
    more = new_prefix - read.prefixlen
    if not 0 <= more <= 16 or new_prefix > read.max_prefixlen:
        raise FailedPrecondition(
            f"new_prefix {new_prefix} is not 0 to 16 longer than /{read.prefixlen}, or is too long"
        )
    subnets = islice(read.subnets(new_prefix=new_prefix), limit)
    return NetworkList(total=2**more, networks=[str(row) for row in subnets])


@ip_tools.tool(example={"networks": ["192.168.0.0/25", "192.168.0.128/25"]}, kind="computation")
def summarize(w: World, networks: Annotated[list[IpNetwork], Field(min_length=1, max_length=20)]) -> NetworkList:
    """Join networks that touch or overlap into the fewest that cover the same.

    networks: One to twenty networks of one version.
    """
    read: list[Any] = [read_network("networks", network) for network in networks]
    if len({row.version for row in read}) > 1:
        raise InvalidArgument("networks: IPv4 and IPv6 are mixed")
    found = list(ipaddress.collapse_addresses(read))
    return NetworkList(total=len(found), networks=[str(row) for row in found])


@ip_tools.tool(example={"first": "192.0.2.10", "last": "192.0.2.30"}, kind="computation")
def range_to_networks(w: World, first: IpAddress, last: IpAddress, limit: Limit = 10) -> NetworkList:
    """Cover a range of addresses exactly with the fewest networks.

    first: Lowest address of the range.
    last: Highest address of the range, of the same version.
    limit: At most this many networks are listed, lowest first.
    """
    one, two = read_address("first", first), read_address("last", last)
    if one.version != two.version or int(one) > int(two):
        raise InvalidArgument(f"last '{last}' is of another version than first or lies before it")
    if getattr(one, "scope_id", None) or getattr(two, "scope_id", None):
        raise InvalidArgument("first: an address with a zone is not accepted")
    found = list(ipaddress.summarize_address_range(one, two))
    return NetworkList(total=len(found), networks=[str(row) for row in found[:limit]])


@ip_tools.tool(example={"address": "2001:db8::1"}, kind="computation")
def classify(w: World, address: IpAddress) -> AddressFacts:
    """Tell an address's version, forms, and whether it is private or multicast.

    address: IPv4 or IPv6 address.
    """
    read = read_address("address", address)
    return AddressFacts(
        address=str(read), version=read.version, long_form=read.exploded, decimal=str(int(read)),
        hex=f"0x{int(read):x}",
        private=is_private(read), loopback=read.is_loopback, link_local=read.is_link_local, multicast=read.is_multicast,
    )  # fmt: skip


@ip_tools.tool(example={"address": "192.0.2.7"}, kind="computation")
def reverse_pointer(w: World, address: IpAddress) -> Pointer:
    """Make the in-addr.arpa or ip6.arpa name of an address, for PTR records.

    address: IPv4 or IPv6 address.
    """
    return Pointer(name=read_address("address", address).reverse_pointer)


@ip_tools.tool(example={"address": "192.0.2.250", "steps": 10}, errors=[FailedPrecondition], kind="computation")
def step(w: World, address: IpAddress, steps: Annotated[int, Field(ge=-LARGEST, le=LARGEST)]) -> AddressResult:
    """Go some addresses forward or back from an address.

    address: IPv4 or IPv6 address to start from.
    steps: How many addresses to go; negative to go back.
    """
    read = read_address("address", address)
    try:
        return AddressResult(address=str(read + steps))
    except ipaddress.AddressValueError:
        raise FailedPrecondition(f"steps {steps} leads out of the IPv{read.version} addresses") from None


@ip_tools.tool(example={"first": "192.0.2.1", "second": "192.0.3.1"}, kind="computation")
def distance(w: World, first: IpAddress, second: IpAddress) -> Distance:
    """Count the addresses from one address to another.

    first: Address to count from.
    second: Address to count to, of the same version.
    """
    one, two = read_address("first", first), read_address("second", second)
    if one.version != two.version:
        raise InvalidArgument(f"second '{second}' is not of IPv{one.version} as first is")
    return Distance(addresses=str(int(two) - int(one)))


PRIVATE = tuple(
    ipaddress.ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10",
                 "fc00::/7", "fe80::/10", "::1/128")
)  # fmt: skip
"""RFC 1918, 1122, 3927, 6598, 4193, 4291."""


def is_private(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address lies in a private, shared, loopback or link-local network."""
    return any(address in network for network in PRIVATE)
