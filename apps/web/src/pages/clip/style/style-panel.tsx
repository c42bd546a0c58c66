import { useQuery } from '@tanstack/react-query'
import { RadioGroup } from 'radix-ui'
import { lazy, Suspense, useCallback, useEffect } from 'react'
import { useStudio } from '../../../app/studio.tsx'
import { LOOKS, lookOf, NO_CAPTIONS, placeOf, withLook } from '../../../data/caption-styles.ts'
import { clipPicture } from '../../../data/clips.ts'
import { CaptionStyleFields } from '../../../ui/caption-style-fields.tsx'
import { cx } from '../../../ui/class-names.ts'
import { Picture } from '../../../ui/picture.tsx'
import type { PanelProps } from '../player/panel.ts'
import { playbackQuery } from '../player/queries.ts'
import { captionBand, sampleTime } from './sample-time.ts'

const CaptionLayer = lazy(() => import('../player/caption-layer.tsx'))

/** Width by height of a picture of a style. */
const PICTURE_ASPECT = 4 / 3
/** Until that of the preset is known. */
const USUAL_SAFE_AREA = { top: 0.1, bottom: 0.2 }

/** How captions look: pictures of each style, drawn as they will be burnt in, with the clip's own words. */
export function StylePanel({ clip, edits, playback }: PanelProps) {
  const { api, profile, file } = useStudio()
  const presetId = profile.defaults.preset
  const { data: plan } = useQuery(playbackQuery(api, clip, presetId))
  const { captionStyle, captions } = edits.content
  const follow = useCallback(
    (paint: (seconds: number) => void) => {
      let last = -1
      const tell = () => {
        const seconds = sampleTime(captions?.cues ?? [], playback.time())
        if (seconds !== last) paint(seconds)
        last = seconds
      }
      tell()
      return playback.subscribe(tell)
    },
    [captions, playback],
  )
  useEffect(() => () => playback.tryStyle(undefined), [playback])
  const choose = (style: string | null, merge?: string) => {
    playback.tryStyle(undefined)
    if (style !== captionStyle) edits.set({ captionStyle: style }, 'Change the style of the captions', merge)
  }
  const styles = [
    ...LOOKS.map(({ look, ...words }) => ({ style: withLook(captionStyle, look), key: look, ...words })),
    { style: null, key: NO_CAPTIONS, name: 'None', about: 'No captions in the video' },
  ]
  const { width, height } = plan?.frame ?? { width: 1080, height: 1920 }
  const band = captionBand(
    plan?.safeArea ?? USUAL_SAFE_AREA,
    placeOf(captionStyle),
    width / height,
    PICTURE_ASPECT,
  )
  const thumbnail = clipPicture(file, clip)
  return (
    <>
      <RadioGroup.Root
        aria-label="Caption style"
        value={lookOf(captionStyle)}
        onValueChange={(value) => choose(withLook(captionStyle, value))}
        className="grid grid-cols-2 gap-3"
      >
        {styles.map(({ style, key, name, about }) => (
          <RadioGroup.Item
            key={key}
            value={key}
            aria-label={`${name}: ${about}`}
            className="group rounded-xl text-left"
            onPointerEnter={({ pointerType }) => pointerType === 'mouse' && playback.tryStyle(style)}
            onPointerLeave={() => playback.tryStyle(undefined)}
          >
            <span
              className={cx(
                'relative block overflow-hidden rounded-xl bg-[#3a3a38]',
                'outline-2 outline-offset-2 outline-transparent group-hover:outline-line group-data-[state=checked]:outline-accent',
              )}
              style={{ aspectRatio: PICTURE_ASPECT }}
            >
              <span
                className="absolute inset-x-0"
                style={{
                  aspectRatio: `${width} / ${height}`,
                  top: `${(-band.top / band.height) * 100}%`,
                }}
              >
                {thumbnail !== null && (
                  <Picture src={thumbnail} alt="" className="absolute inset-0 size-full object-cover" />
                )}
                {style !== null && plan !== undefined && captions !== null && (
                  <Suspense>
                    <CaptionLayer
                      clip={clip}
                      presetId={presetId}
                      style={style}
                      frame={plan.frame}
                      follow={follow}
                    />
                  </Suspense>
                )}
              </span>
            </span>
            <span className="mt-2 block font-medium">{name}</span>
            <span className="block text-[13px] text-soft">{about}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {captionStyle !== null && (
        <CaptionStyleFields
          value={captionStyle}
          onChange={(style) => choose(style, 'style')}
          className="mt-6 space-y-4"
        />
      )}
      {captions === null && (
        <p className="mt-4 text-[13px] text-soft">
          The pictures will show your own words once the clip has captions.
        </p>
      )}
    </>
  )
}
