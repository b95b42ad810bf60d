//! From which address a request comes: the peer's, or what a proxy that is trusted says.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;
use ipnet::IpNet;

const FORWARDED: &str = "x-forwarded-for";

/// A request's address, as the guard found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl Client {
    /// Of a request. Without a peer, as in a test without a network, all come from one.
    pub fn of(request: &Request, trusted: &[IpNet]) -> Client {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
        Client(one_home(told(peer, request.headers(), trusted)))
    }

    /// As it is written down.
    pub fn said(&self) -> String {
        format!("from {}", self.0)
    }
}

/// Whether a request comes from another machine and through none of these proxies.
pub fn is_past_the_proxy(request: &Request, trusted: &[IpNet]) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(peer)| peer.ip().to_canonical());
    peer.is_some_and(|peer| !peer.is_loopback() && !is_trusted(peer, trusted))
}

/// Whether an address is one of these proxies.
pub fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    let address = address.to_canonical();
    trusted.iter().any(|net| net.contains(&address))
}

/// Proxies write whom they heard at the end: the last that is none of ours is the client, and what stands before it
/// anybody can write.
fn told(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut client = peer;
    let lines = headers.get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok());
    let chain: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    for said in chain.iter().rev() {
        if !is_trusted(client, trusted) {
            break;
        }
        match address(said) {
            Some(address) => client = address,
            None => break,
        }
    }
    client.to_canonical()
}

/// `203.0.113.7`, `203.0.113.7:5040`, `2001:db8::1`, `[2001:db8::1]:5040`.
fn address(said: &str) -> Option<IpAddr> {
    let bare = said
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(said);
    let with_port = || said.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare.parse().ok().or_else(with_port)
}

/// A home has a whole network of version 6, and could use each address of it once.
fn one_home(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_says_who_the_client_is() {
        let trusted: Vec<IpNet> = vec!["127.0.0.1/32".parse().unwrap(), "10.0.0.0/8".parse().unwrap()];
        for (peer, said, client_is) in [
            ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
            ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "1.2.3.4, 198.51.100.1, 10.1.1.1", "198.51.100.1"),
            ("127.0.0.1", "1.2.3.4, nonsense", "127.0.0.1"),
            ("127.0.0.1", "", "127.0.0.1"),
            ("127.0.0.1", "198.51.100.1:5040", "198.51.100.1"),
            ("127.0.0.1", "[2001:db8::1]:5040", "2001:db8::1"),
            ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(FORWARDED, said.parse().unwrap());
            let found = told(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(found, client_is.parse::<IpAddr>().unwrap(), "{peer} {said}");
        }
        let mut lines = HeaderMap::new();
        lines.append(FORWARDED, "1.2.3.4".parse().unwrap());
        lines.append(FORWARDED, "198.51.100.1".parse().unwrap());
        let found = told("127.0.0.1".parse().unwrap(), &lines, &trusted);
        assert_eq!(found, "198.51.100.1".parse::<IpAddr>().unwrap());
    }

    #[test]
    fn a_network_of_version_six_is_one_home() {
        let home = |address: &str| one_home(address.parse().unwrap());
        assert_eq!(home("2001:db8::1"), home("2001:db8::ffff:1"));
        assert_ne!(home("2001:db8::1"), home("2001:db8:0:1::1"));
    }
}
