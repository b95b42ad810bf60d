//! A picture is looked at and drawn anew: what cannot be drawn is refused, and nothing but what one sees goes into the new
//! file: no place, no camera, no second picture behind the first. How it was held is drawn in.

use std::io::{BufRead, Cursor, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

/// The most points of a picture: a phone's photo has 12 million, a screenshot of a long page 20.
const POINTS: u64 = 24_000_000;
/// What a decoder may take: the picture, and its own tables.
const ROOM: u64 = POINTS * 4 + (8 << 20);
/// Reading it takes no longer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Documents stay readable at these qualities, best first; the next is for what is larger than [`KEPT`] at the one before.
const QUALITIES: [u8; 4] = [88, 78, 66, 50];
/// What is drawn anew is hardly larger than what may come.
const KEPT: usize = 5 << 20;
/// A drawing that is larger than this without loss is kept with some.
const LOSSLESS: usize = 6 << 20;

/// A picture drawn anew.
#[derive(Debug)]
pub struct Remade {
    /// The new file.
    pub bytes: Vec<u8>,
    /// Its kind.
    pub kind: Kind,
}

/// The two kinds that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Without loss.
    Png,
    /// With a little.
    Jpeg,
}

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is none, or of a kind that is not taken.
    NoPicture,
    /// It begins like one and cannot be drawn.
    Broken,
    /// It has too many points.
    TooLarge,
}

impl Kind {
    /// As browsers are told.
    pub fn mime(self) -> &'static str {
        match self {
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
        }
    }

    /// The ending of its file.
    pub fn ending(self) -> &'static str {
        match self {
            Kind::Png => "png",
            Kind::Jpeg => "jpg",
        }
    }
}

/// Draws a picture anew. Takes a second and a hundred megabytes for a large one: not beside others.
pub fn remake(bytes: &[u8]) -> Result<Remade, Unfit> {
    let format = format(bytes).ok_or(Unfit::NoPicture)?;
    let image = read(bytes, format)?;
    let keeps_all = match format {
        ImageFormat::Jpeg => false,
        ImageFormat::WebP => image.color().has_alpha(),
        _ => true,
    };
    if keeps_all {
        let bytes = lossless(&image)?;
        if bytes.len() <= LOSSLESS {
            let kind = Kind::Png;
            return Ok(Remade { bytes, kind });
        }
    }
    let bytes = photograph(&image)?;
    let kind = Kind::Jpeg;
    Ok(Remade { bytes, kind })
}

/// By its first bytes; whatever it is called.
fn format(bytes: &[u8]) -> Option<ImageFormat> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(ImageFormat::Png),
        [0xff, 0xd8, 0xff, ..] => Some(ImageFormat::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(ImageFormat::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(ImageFormat::WebP),
        _ => None,
    }
}

fn read(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Unfit> {
    let until = Instant::now() + PATIENCE;
    let patient = Patient {
        inner: Cursor::new(bytes),
        until,
    };
    let mut reader = ImageReader::with_format(patient, format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(ROOM);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unfit)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > POINTS {
        return Err(Unfit::TooLarge);
    }
    let held = decoder.orientation().map_err(unfit)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(unfit)?;
    image.apply_orientation(held);
    Ok(image)
}

fn unfit(error: image::ImageError) -> Unfit {
    match error {
        image::ImageError::Limits(_) => Unfit::TooLarge,
        _ => Unfit::Broken,
    }
}

fn lossless(image: &DynamicImage) -> Result<Vec<u8>, Unfit> {
    let mut bytes = Cursor::new(Vec::new());
    let done = image.write_to(&mut bytes, ImageFormat::Png);
    done.map_err(|_| Unfit::Broken)?;
    Ok(bytes.into_inner())
}

/// At the best quality that is not too large.
fn photograph(image: &DynamicImage) -> Result<Vec<u8>, Unfit> {
    let opaque;
    let image = match image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => image,
        _ => {
            opaque = DynamicImage::ImageRgb8(image.to_rgb8());
            &opaque
        }
    };
    let mut kept = Vec::new();
    for quality in QUALITIES {
        let mut bytes = Cursor::new(Vec::new());
        let done = image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality));
        done.map_err(|_| Unfit::Broken)?;
        kept = bytes.into_inner();
        if kept.len() <= KEPT {
            break;
        }
    }
    Ok(kept)
}

/// A file that can be read for a while only.
struct Patient<'a> {
    inner: Cursor<&'a [u8]>,
    until: Instant,
}

impl Patient<'_> {
    fn still(&self) -> std::io::Result<()> {
        if Instant::now() < self.until {
            Ok(())
        } else {
            Err(std::io::ErrorKind::TimedOut.into())
        }
    }
}

impl Read for Patient<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.still()?;
        self.inner.read(buffer)
    }
}

impl BufRead for Patient<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.still()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}

impl Seek for Patient<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(format: ImageFormat, alpha: bool) -> Vec<u8> {
        let image = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8, y as u8, 90]));
        let image = DynamicImage::ImageRgb8(image);
        let image = if alpha {
            DynamicImage::ImageRgba8(image.to_rgba8())
        } else {
            image
        };
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn each_kind_is_drawn_anew() {
        for (format, alpha, kind) in [
            (ImageFormat::Png, false, Kind::Png),
            (ImageFormat::Png, true, Kind::Png),
            (ImageFormat::Jpeg, false, Kind::Jpeg),
            (ImageFormat::WebP, false, Kind::Jpeg),
            (ImageFormat::WebP, true, Kind::Png),
            (ImageFormat::Gif, true, Kind::Png),
        ] {
            let remade = remake(&drawn(format, alpha)).unwrap();
            assert_eq!(remade.kind, kind, "{format:?}");
            let again = image::load_from_memory(&remade.bytes).unwrap();
            assert_eq!((again.width(), again.height()), (40, 30), "{format:?}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let whole = drawn(ImageFormat::Png, false);
        let jpeg = drawn(ImageFormat::Jpeg, false);
        for (bytes, why) in [
            (&b"<svg onload=alert(1)>"[..], Unfit::NoPicture),
            (&[][..], Unfit::NoPicture),
            (&[0xff, 0xd8, 0xff][..], Unfit::Broken),
            (&jpeg[..jpeg.len() / 8], Unfit::Broken),
            (&whole[..whole.len() / 2], Unfit::Broken),
            (&whole[..20], Unfit::Broken),
        ] {
            assert_eq!(remake(bytes).unwrap_err(), why, "{}", bytes.len());
        }
    }
}
