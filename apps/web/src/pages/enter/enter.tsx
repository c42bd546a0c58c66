import { Page } from '../../ui/page.tsx'

export const SignIn = () => <Page title="Sign in">…</Page>
export const SetUp = () => <Page title="Become the owner">…</Page>
export const Invitation = () => <Page title="Join this studio">…</Page>
export const Reset = () => <Page title="Choose a new password">…</Page>
