//! Signatures and the safe mode of the callback: AES-256-CBC, the plaintext padded to 32 bytes.
//! Own code because libraries unpad by blocks of 16 and refuse pads of 17 to 32 (developers.weixin.qq.com, 消息加解密).

use aes::Aes256;
use aes::cipher::{Array, BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use sha1::{Digest as _, Sha1};
use subtle::ConstantTimeEq as _;

/// The account's own padding.
const PAD: usize = 32;
const BLOCK: usize = 16;
/// Random bytes before the message, and its length after them.
const HEAD: usize = 16 + 4;

/// The key has 43 letters: the last one carries two bits that say nothing.
const KEY: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// The key of the safe mode. Never printed.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// It was not the account that wrote this, or not to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("message does not decrypt")]
pub struct Forged;

impl Key {
    /// Reads the EncodingAESKey of the console; none if it is not one.
    pub fn read(written: &str) -> Option<Key> {
        let bytes = KEY.decode(written.trim()).ok()?;
        bytes.try_into().ok().map(Key)
    }

    /// Takes a message apart that the account wrote to `receiver`.
    pub fn open(&self, cipher: &str, receiver: &str) -> Result<String, Forged> {
        let mut bytes = STANDARD.decode(cipher).map_err(|_| Forged)?;
        if bytes.is_empty() || bytes.len() % BLOCK != 0 {
            return Err(Forged);
        }
        let mut mode = cbc::Decryptor::<Aes256>::new(&self.0.into(), &self.start());
        let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
        mode.decrypt_blocks(blocks);
        let pad = usize::from(*bytes.last().ok_or(Forged)?);
        let padded = (1..=PAD).contains(&pad) && bytes.len() >= pad + HEAD;
        if !padded || !bytes[bytes.len() - pad..].iter().all(|byte| usize::from(*byte) == pad) {
            return Err(Forged);
        }
        bytes.truncate(bytes.len() - pad);
        let length: [u8; 4] = bytes[16..HEAD].try_into().map_err(|_| Forged)?;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| Forged)?;
        let rest = &bytes[HEAD..];
        if length > rest.len() || &rest[length..] != receiver.as_bytes() {
            return Err(Forged);
        }
        String::from_utf8(rest[..length].to_vec()).map_err(|_| Forged)
    }

    /// Closes a message of ours; `random` makes two of the same text differ.
    pub fn close(&self, text: &str, receiver: &str, random: [u8; 16]) -> String {
        let mut bytes = random.to_vec();
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(text.as_bytes());
        bytes.extend_from_slice(receiver.as_bytes());
        let pad = PAD - bytes.len() % PAD;
        bytes.resize(bytes.len() + pad, u8::try_from(pad).unwrap_or_default());
        let mut mode = cbc::Encryptor::<Aes256>::new(&self.0.into(), &self.start());
        let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
        mode.encrypt_blocks(blocks);
        STANDARD.encode(bytes)
    }

    fn start(&self) -> Array<u8, aes::cipher::consts::U16> {
        let mut start = [0_u8; BLOCK];
        start.copy_from_slice(&self.0[..BLOCK]);
        start.into()
    }
}

/// The signature over the sorted parts, in hexadecimal.
pub fn signature(parts: &[&str]) -> String {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    hex::encode(Sha1::digest(sorted.concat().as_bytes()))
}

/// Whether a signature is right; takes as long for every wrong one.
pub fn signed(parts: &[&str], given: &str) -> bool {
    bool::from(signature(parts).as_bytes().ct_eq(given.as_bytes()))
}
