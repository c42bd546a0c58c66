/** A reason why set-up cannot go on, in words for a person: what is wrong, and what to do about it. */
export class SetupError extends Error {}
