//! Pictures that tell more than they show, or are none.

use std::io::Cursor;
use std::time::{Duration, Instant};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use super::guest::{BEHIND_PROXY, Guest, help_room};
use crate::support::program::Home;

/// Points that no packer makes smaller, as PNG: three bytes each.
pub fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 88_172_645_463_325_252_u64;
    let image = RgbImage::from_fn(width, height, |_, _| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let [a, b, c, ..] = seed.to_be_bytes();
        Rgb([a, b, c])
    });
    written(&DynamicImage::ImageRgb8(image), ImageFormat::Png)
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A photo as a phone takes it: held upright (6), with the place in it, and a film behind the picture.
fn photo() -> Vec<u8> {
    let upper = RgbImage::from_fn(64, 32, |x, _| if x < 32 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) });
    let plain = written(&DynamicImage::ImageRgb8(upper), ImageFormat::Jpeg);
    // Big-endian TIFF: orientation 6, and a note with a place.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend_from_slice(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend_from_slice(b"\x01\x0e\0\x02\0\0\0\x20\0\0\0\x26\0\0\0\0");
    exif.extend_from_slice(b"N34.0357 E113.8524 SECRETPLACE!\0");
    let mut bytes = plain[..2].to_vec();
    bytes.extend_from_slice(&[0xff, 0xe1]);
    bytes.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend_from_slice(&exif);
    bytes.extend_from_slice(&plain[2..]);
    bytes.extend_from_slice(b"SECRETFILM");
    bytes
}

/// A PNG of a few bytes that says it is 30 000 points wide and high.
fn bomb() -> Vec<u8> {
    let mut bytes = noise(8, 8);
    bytes[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    };
    !bytes.iter().fold(!0, step)
}

/// Every file of the data folder, with its bytes.
fn kept(home: &Home) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![home.path("data")];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap().flatten() {
            match item.path() {
                path if path.is_dir() => folders.push(path),
                path => found.push((path.display().to_string(), std::fs::read(&path).unwrap_or_default())),
            }
        }
    }
    found
}

fn says(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|part| part == word.as_bytes())
}

async fn media(guest: &Guest, room: &str) -> String {
    let page = guest.get(room).await.text().await.unwrap();
    let at = page.find("/media/").unwrap_or_else(|| panic!("no picture in {page}"));
    page[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_not_seen_in_a_picture_is_not_kept() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    assert!(says(&photo(), "SECRETPLACE") && image::load_from_memory(&photo()).is_ok());
    assert_eq!(visitor.picture(&room, photo()).await.status(), 200);
    for (file, bytes) in kept(&home) {
        assert!(!says(&bytes, "SECRET") && !says(&bytes, "Exif"), "{file}");
    }
    let shown = visitor.get(&media(&visitor, &room).await).await;
    assert_eq!(shown.headers()["cache-control"], "no-store");
    let shown = image::load_from_memory(&shown.bytes().await.unwrap())
        .unwrap()
        .to_rgb8();
    assert_eq!((shown.width(), shown.height()), (32, 64), "drawn as it was held");
    let (top, bottom) = (shown.get_pixel(16, 8), shown.get_pixel(16, 56));
    assert!(top[0] > 200 && bottom[2] > 200, "{top:?} {bottom:?}");
}

#[tokio::test]
async fn what_is_no_picture_is_refused_quickly() {
    let home = Home::new(BEHIND_PROXY);
    let running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    let before = running.resident_mib();
    let whole = photo();
    for (bytes, status) in [
        (vec![0xff, 0xd8, 0xff], 422),
        (bomb(), 413),
        (whole[..whole.len() / 6].to_vec(), 422),
        ([&b"GIF89a"[..], &[0xff; 4], &[0; 30]].concat(), 413),
        ([&b"GIF89a"[..], &[8, 0, 8, 0], &[0; 30]].concat(), 422),
        (b"<svg onload=alert(1)>".to_vec(), 415),
        (vec![], 415),
    ] {
        let begun = Instant::now();
        let answer = visitor.picture(&room, bytes.clone()).await;
        let (seen, said) = (answer.status().as_u16(), answer.text().await.unwrap());
        assert_eq!(seen, status, "{} bytes: {said}", bytes.len());
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    }
    assert!(running.resident_mib() < before + 64.0);
    assert_eq!(std::fs::read_dir(home.path("data/media")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_photographed_identity_card_is_for_staff_only() {
    let home = Home::new(BEHIND_PROXY);
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let (visitor, other) = (
        Guest::named(&home, "203.0.113.7", &room).await,
        Guest::named(&home, "203.0.113.8", &room).await,
    );
    let staff = Guest::staff(&home, "张晓明").await;
    assert_eq!(visitor.picture(&room, photo()).await.status(), 200);
    let address = media(&visitor, &room).await;
    for stranger in [&other, &Guest::from(&home, "203.0.113.9")] {
        assert_eq!(stranger.get(&address).await.status(), 404);
        let page = stranger.get(&room).await.text().await.unwrap();
        assert!(!page.contains("/media/") && page.contains("只给工作人员看"), "{page}");
        assert!(!page.contains("只有您和工作人员看得到"), "{page}");
    }
    let own = visitor.get(&room).await.text().await.unwrap();
    assert!(own.contains("图片只有您和工作人员看得到"), "{own}");
    assert_eq!(staff.get(&address).await.status(), 200);
    assert_eq!(media(&staff, &format!("/staff{room}")).await, address);
    // What staff show to a group, everybody sees.
    assert_eq!(staff.picture(&format!("/staff{room}"), photo()).await.status(), 200);
    assert_eq!(other.get(&media(&other, &room).await).await.status(), 200);
}

#[tokio::test]
async fn a_picture_is_taken_down_by_its_author_and_by_staff() {
    let home = Home::new(&format!("{BEHIND_PROXY}pictures = \"all\"\n"));
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    let other = Guest::named(&home, "203.0.113.8", &room).await;
    let staff = Guest::staff(&home, "张晓明").await;
    for (who, base, status) in [
        (&other, room.clone(), 422),
        (&visitor, room.clone(), 200),
        (&staff, format!("/staff{room}"), 200),
    ] {
        let sent: Value = visitor.picture(&room, photo()).await.json().await.unwrap();
        let address = media(&visitor, &room).await;
        assert_eq!(other.get(&address).await.status(), 200);
        let gone = who
            .post(&format!("{base}/takedown"), json!({ "message": sent["id"] }))
            .await;
        assert_eq!(gone.status().as_u16(), status);
        let seen = if status == 200 { 404 } else { 200 };
        assert_eq!(visitor.get(&address).await.status().as_u16(), seen);
        if status != 200 {
            let own = json!({ "message": sent["id"] });
            assert_eq!(visitor.post(&format!("{room}/takedown"), own).await.status(), 200);
        }
        let left = std::fs::read_dir(home.path("data/media")).unwrap().count();
        assert_eq!(left, 0, "the file is gone too");
        assert!(!visitor.get(&room).await.text().await.unwrap().contains("/media/"));
    }
    assert!(
        home.figures()
            .await
            .contains("bangban_audited{state=\"picture_down\"} 3")
    );
}

#[tokio::test]
async fn pictures_take_so_much_room_and_no_more() {
    let own = format!("{BEHIND_PROXY}[limits]\npictures_per_account = \"6MB\"\n");
    let disk = format!("{BEHIND_PROXY}[limits]\nfree_disk = \"900000GB\"\n");
    let off = format!("{BEHIND_PROXY}pictures = \"off\"\n");
    for (settings, statuses) in [(own, [200, 507]), (disk, [507, 507]), (off, [422, 422])] {
        let home = Home::new(&settings);
        let _running = home.serve().await;
        let room = help_room(&home).await;
        let visitor = Guest::named(&home, "203.0.113.7", &room).await;
        for status in statuses {
            let sent = visitor.picture(&room, noise(650, 650)).await;
            assert_eq!(sent.status().as_u16(), status, "{settings}");
        }
    }
}
