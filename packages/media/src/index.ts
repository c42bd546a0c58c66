export { type ComposedCaptions, composeAss, FONTCONFIG } from './captions/compose.ts'
export { captionFonts, charactersWithoutGlyph, type FontFile } from './captions/fonts.ts'
export { readCaptions } from './captions/read.ts'
export { sequential as sequentialCues } from './captions/sequence.ts'
export { writeSrt, writeVtt } from './captions/write.ts'
export { decodeFeatures, encodeFeatures } from './features/codec.ts'
export * from './features/features.ts'
export { fitTimeline } from './fit/fit.ts'
export { analyseSource, INGEST_VERSION, ingestSource } from './ingest/ingest.ts'
export { insertsFor, type KeywordVideo, timelineWithInserts } from './insert/insert.ts'
export { renderCommands, renderRecipe } from './plan/commands.ts'
export { focusOfCut } from './plan/focus.ts'
export { type Focus, frameSize, uprightSize } from './plan/frame.ts'
export { CAPTIONS_FILE, FONTS_FOLDER } from './plan/picture.ts'
export {
  planCuts,
  planRender,
  RENDER_VERSION,
  type RenderPlan,
  type SoundFrom,
} from './plan/render-plan.ts'
export { roughGains } from './plan/rough-gains.ts'
export { cutPreview, PREVIEW_VERSION } from './preview/preview.ts'
export { inputTokens } from './probe/input.ts'
export { probeFile } from './probe/probe.ts'
export { decodeSound } from './render/decode-sound.ts'
export { renderExport } from './render/render.ts'
export { listCapabilities } from './run/capabilities.ts'
export { commandLine, runTool } from './run/run.ts'
export { detectTools, type ToolSettings, type Tools } from './run/tools.ts'
export { type Findings, findSegments } from './select/found.ts'
export { arrangeSegments } from './select/from-segments.ts'
export { overlapOf } from './select/overlap.ts'
export { type ScoredCut, type Selection, selectTimelines } from './select/select.ts'
