import { CutroomError } from '@cutroom/contracts'
import { type ClipRow, findClip } from '../clips/rows.ts'
import type { EntryFile } from '../library/entry-file.ts'
import { sourceFile } from '../library/files.ts'
import { PREVIEW_FILE, THUMBNAIL_FILE } from '../previews.ts'
import type { Service } from '../service.ts'
import { VOICE_FILE } from '../voices.ts'

/** A file that was made for a clip, as it is now. */
export type ClipFile = 'preview' | 'thumbnail' | 'voiceover'

/** Throws `not-found` for a clip that there is not, and for a voiceover that it has not; `conflict` for a preview that is not made yet. */
export async function clipFile(
  service: Service,
  profileId: string,
  clipId: string,
  what: ClipFile,
): Promise<EntryFile> {
  const row = await service.db.ofProfile(profileId, (tx) => findClip(tx, profileId, clipId))
  const file = what === 'voiceover' ? await voiceFile(service, row) : FILES[what](row)
  if (file !== null) return file
  if (what === 'voiceover') throw new CutroomError('not-found', 'The clip has no voiceover.')
  throw new CutroomError('conflict', `The ${what} of the clip is not made yet.`, {
    remedy: 'Ask for it with POST /clips/{id}/preview, and wait for the job.',
  })
}

const FILES: Readonly<Record<Exclude<ClipFile, 'voiceover'>, (row: ClipRow) => EntryFile | null>> = {
  preview: ({ profileId, previewHash: hash, name }) =>
    hash === null
      ? null
      : {
          key: { profileId, kind: 'preview', hash },
          ...{ name: PREVIEW_FILE, contentType: 'video/mp4' },
          ...{ downloadName: `${name} preview.mp4`, inline: true },
        },
  thumbnail: ({ profileId, thumbnailHash: hash, name }) =>
    hash === null
      ? null
      : {
          key: { profileId, kind: 'thumbnail', hash },
          ...{ name: THUMBNAIL_FILE, contentType: 'image/jpeg' },
          ...{ downloadName: `${name}.jpg`, inline: true },
        },
}

async function voiceFile(service: Service, row: ClipRow): Promise<EntryFile | null> {
  const { profileId, voiceoverHash: hash, voiceoverKind, name } = row
  if (hash === null) return null
  if (voiceoverKind === 'source')
    return { ...(await sourceFile(service, { profileId, id: hash })), inline: true }
  return {
    key: { profileId, kind: 'voiceover', hash },
    ...{ name: VOICE_FILE, contentType: 'audio/wav' },
    ...{ downloadName: `${name}.wav`, inline: true },
  }
}
