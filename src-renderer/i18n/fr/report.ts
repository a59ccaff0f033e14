export const report = {
  button: 'Prévenir le client',
  title: 'Prévenir le client',
  lead: 'Tiré du seul journal : ce qui a été arrêté, quand et par qui, chaque publication bloquée et ce qu’elle est devenue. Rien n’est envoyé tout seul.',
  brand: 'Marque',
  language: 'Langue du client',
  message: 'Message',
  copy: 'Copier le message',
  copied: 'Copié',
  save: { html: 'Enregistrer en HTML', pdf: 'Enregistrer en PDF' },
  saved: 'Enregistré : {{path}}',
  broken: 'Le journal est rompu à partir de la ligne {{line}}. Le document le dit.',
  incomplete:
    'La liste de ce que l’arrêt bloque n’est pas encore dans le journal, ou pas en entier. Elle est notée un instant après l’arrêt.',
  again: 'Relire',
};
