export const report = {
  button: 'Tell the client',
  title: 'Tell the client',
  lead: 'Made from the journal alone: what was stopped, when and by whom, every post kept back and what became of it. Nothing is sent by itself.',
  brand: 'Brand',
  language: 'Language of the client',
  message: 'Message',
  copy: 'Copy the message',
  copied: 'Copied',
  save: { html: 'Save as HTML', pdf: 'Save as PDF' },
  saved: 'Saved: {{path}}',
  broken: 'The journal is broken from line {{line}} on. The document says so.',
  incomplete:
    'The list of what the stop keeps back is not in the journal yet, or not in full. It is written a moment after the stop.',
  again: 'Read again',
} as const;
