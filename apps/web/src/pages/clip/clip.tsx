import { Page } from '../../ui/page.tsx'

export function ClipPage() {
  return (
    <Page title="Clip">
      <p>…</p>
    </Page>
  )
}
