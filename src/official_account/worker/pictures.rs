//! Pictures of drafts: each file is uploaded once, and found again by its hash.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::super::errors::CallError;
use super::{Publisher, Result};
use crate::domain::list::publication::{Article, Publication};
use crate::publish::article;

impl Publisher {
    /// The cover's media id; uploaded once for each file.
    pub(super) async fn cover(&self) -> Result<std::result::Result<String, CallError>> {
        let bytes = match read(&self.cover, "封面") {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(error)),
        };
        let name = self.picture_name("cover", &bytes);
        if let Some(there) = self.db.read().await?.official_picture(&name).await? {
            return Ok(Ok(there));
        }
        let added = self.client.add_picture(bytes).await;
        self.keep(&name, added).await
    }

    pub(super) async fn forget_cover(&self) -> Result<()> {
        if let Ok(bytes) = read(&self.cover, "封面") {
            let mut tx = self.db.begin().await?;
            tx.forget_official_picture(&self.picture_name("cover", &bytes)).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    pub(super) async fn with_picture(
        &self,
        articles: &[Article],
    ) -> Result<std::result::Result<Vec<Article>, CallError>> {
        let mut articles = articles.to_vec();
        if let Some(file) = &self.picture
            && articles
                .iter()
                .any(|article| article.content.contains(article::PICTURE))
        {
            let url = match self.text_picture(file).await? {
                Ok(url) => url,
                Err(error) => return Ok(Err(error)),
            };
            for article in &mut articles {
                article.content = article::with_picture(&article.content, &url);
            }
        }
        Ok(Ok(articles))
    }

    async fn text_picture(&self, file: &Path) -> Result<std::result::Result<String, CallError>> {
        let bytes = match read(file, "正文图片") {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(error)),
        };
        let name = self.picture_name("text", &bytes);
        if let Some(there) = self.db.read().await?.official_picture(&name).await? {
            return Ok(Ok(there));
        }
        let added = self.client.add_text_picture(bytes).await;
        self.keep(&name, added).await
    }

    /// The parts whose picture files are others than those their draft was made with, or where that is not known.
    pub async fn redrawn(&self, publications: &[Publication]) -> Result<Vec<u32>> {
        let mut redrawn = Vec::new();
        let pictures = self.pictures();
        let mut tx = self.db.read().await?;
        for publication in publications {
            if tx.note(&noted_as(publication)).await? != pictures {
                redrawn.push(publication.part);
            }
        }
        Ok(redrawn)
    }

    /// Notes with which pictures a draft was made.
    pub(super) async fn note_pictures(&self, publication: &Publication) -> Result<()> {
        if let Some(pictures) = self.pictures() {
            let mut tx = self.db.begin().await?;
            tx.set_note(&noted_as(publication), &pictures).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// The picture files by their hashes; none while one cannot be read.
    fn pictures(&self) -> Option<String> {
        let mut hash = Sha256::new();
        for file in [Some(&self.cover), self.picture.as_ref()].into_iter().flatten() {
            hash.update(Sha256::digest(std::fs::read(file).ok()?));
        }
        Some(hex::encode(hash.finalize()))
    }

    async fn keep(
        &self,
        name: &str,
        added: std::result::Result<String, CallError>,
    ) -> Result<std::result::Result<String, CallError>> {
        if let Ok(value) = &added {
            let mut tx = self.db.begin().await?;
            tx.keep_official_picture(name, value, self.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(added)
    }

    fn picture_name(&self, what: &str, bytes: &[u8]) -> String {
        let hash = hex::encode(Sha256::digest(bytes));
        format!("{}:{what}:{hash}", self.client.appid())
    }
}

fn noted_as(publication: &Publication) -> String {
    format!("wechat_pictures:{}:{}", publication.edition, publication.part)
}

fn read(file: &Path, what: &str) -> std::result::Result<Vec<u8>, CallError> {
    std::fs::read(file).map_err(|_| CallError::Picture(format!("{what} {} 读不了，请检查路径和权限", file.display())))
}
