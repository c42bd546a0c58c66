import { Page } from '../../ui/page.tsx'

export function Sources() {
  return (
    <Page title="Sources">
      <p>…</p>
    </Page>
  )
}
