export { Invitation, Reset, SetUp } from './link-doors.tsx'
export { SignIn } from './sign-in.tsx'
