import { type Said, say } from '../calendar/said.ts';
import type { AnswerEffect } from '../yes/judge-answers.ts';
import type { UnreadLine } from '../yes/read-answers.ts';

const NOTHING: Readonly<Record<Exclude<AnswerEffect, 'yes' | 'no' | 'other-person'>, Said>> = {
  unknown: say('Nothing: there is no such post here.', 'Rien : cette publication n’existe pas ici.'),
  'other-desk': say(
    'Nothing: the page comes from another data folder.',
    'Rien : la page vient d’un autre dossier de données.',
  ),
  changed: say(
    'Nothing: its text, pictures or time changed since the page was made. Ask again.',
    'Rien : son texte, ses images ou son heure ont changé depuis la page. Redemandez.',
  ),
  twice: say('Nothing: the file answers it more than once.', 'Rien : le fichier y répond plus d’une fois.'),
  'not-asked': say('Nothing: it needs no yes.', 'Rien : elle n’a pas besoin d’accord.'),
  answered: say('Nothing: it was answered already.', 'Rien : elle a déjà sa réponse.'),
  past: say('Nothing: its time has passed.', 'Rien : son heure est passée.'),
  gone: say('Nothing: it no longer waits for a yes.', 'Rien : elle n’attend plus d’accord.'),
};

/** What an answer does. `asked`: whose yes the post needs; `by`: who answered. */
export function effectWords(
  effect: AnswerEffect,
  { asked, by }: { readonly asked: string; readonly by: string },
): Said {
  if (effect === 'yes') return say('Scheduled for its time.', 'Programmée pour son heure.');
  if (effect === 'no') return say('Stays held, with the remark.', 'Reste retenue, avec la remarque.');
  if (effect === 'other-person')
    return say(
      `Nothing: ${asked} was asked, not ${by}; --other-person lets it count.`,
      `Rien : c’est l’accord de ${asked} qui est demandé, pas de ${by} ; --other-person le fait compter.`,
    );
  return NOTHING[effect];
}

export function unreadWords({ line, text }: UnreadLine): Said {
  return say(
    `Line ${line} begins like an answer and says neither YES nor NO after a whole code: ${text}`,
    `La ligne ${line} commence comme une réponse et ne dit ni OUI ni NON après un code entier : ${text}`,
  );
}

const REFUSALS: Readonly<Record<string, Said>> = {
  'answers-too-long': say(
    'This is too long to be a file of answers. Nothing was changed.',
    'C’est trop long pour un fichier de réponses. Rien n’a été changé.',
  ),
  'answers-newer': say(
    'These answers come from a newer version. Update All Stop first.',
    'Ces réponses viennent d’une version plus récente. Mettez d’abord All Stop à jour.',
  ),
  'answers-none': say(
    'No answer was found in this. Nothing was changed.',
    'Aucune réponse n’a été trouvée. Rien n’a été changé.',
  ),
  'answers-nobody': say(
    'These answers name nobody: ask who gave them, and for the name.',
    'Ces réponses ne nomment personne : demandez qui les a données.',
  ),
};

/** Why a file was refused; one that cannot be read names the line. */
export function refusalWords({ code, message }: { readonly code: string; readonly message: string }): Said {
  const line = /\((\d+)\)/u.exec(message)?.[1] ?? '1';
  return (
    REFUSALS[code] ??
    say(
      `Line ${line} cannot be read: this is no file of answers. Nothing was changed.`,
      `La ligne ${line} ne peut pas être lue : ce n’est pas un fichier de réponses. Rien n’a été changé.`,
    )
  );
}
