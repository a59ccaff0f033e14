/** The frame: navigation, status bar, palette, shortcut sheet, screens that replace everything. */
export const shell = {
  nav: {
    label: 'Views',
    desk: 'Desk',
    queue: 'Queue',
    compose: 'Compose',
    import: 'Import',
    review: 'Review',
    journal: 'Journal',
    settings: 'Settings',
    stop: 'Stop room',
    waiting_one: '{{n}} post waits for a decision',
    waiting_other: '{{n}} posts wait for a decision',
  },
} as const;
