import type { Said } from '../calendar/said.ts';

export const HELP: Said = {
  en: `allstop: All Stop from a terminal

  allstop status                          what publishing is doing
  allstop stop                            stop everything, now; asks nothing
      --scope market:<name>, brand:<name>, network:<name>, account:<network>/<name> or
              account:<brand>/<network>/<name>
                                          only this; several with a --scope each; a name that does not exist, or that
                                          two accounts have, stops everything
      --reason <text>, --by <name>
  allstop import <calendar.csv>           add the rows of a calendar as scheduled posts, all or none; files of Buffer,
                                          Hootsuite, Publer… are recognised
      --dry-run                           only look
      --skip-bad                          leave bad rows out and add the others
      --format=<tool>                     where the header does not say; columns for any table
      --column <field>=<column>           which column is text, publish_at, date, time, time_zone, brand, network,
                                          account, link, media, alt_text, label: by its name or letter
      --date-order=dmy|mdy|ymd            of days such as 03/04/2026
      --time-zone=<zone>|brand            of times without one; brand: each brand’s own
      --account <name>=<brand>/<network>/<account>
                                          which account a name of the file means; several with one each
      --to <brand>/<network>/<account>    where rows go that name no account
      --clock-change=earlier|later        of times the clocks skip or show twice
      --web-media=leave|link              pictures that are web addresses: leave them out, or keep one as the link
  allstop import-accounts <accounts.csv>  add brands and accounts of networks that need no sign-in
      --dry-run                           only look
  allstop imports                         what was imported, the newest first
  allstop undo-import <number>            cancel what an import added and nobody has touched since
      --dry-run                           only look
  allstop answers <file>                  take up what a client answered: a file of answers, or an e-mail saved as text
      --dry-run                           only look
      --other-person                      also what somebody else than who was asked says
      --skip-bad                          leave out lines that are no answer
      --by <name>                         who reads them
  allstop export <calendar.csv>           write what is scheduled as a calendar
  allstop report --brand <name> <file.html>
                                          write what a client is told of a stop, from the journal alone
      --stop <id>                         which stop; the newest unless it is named
  allstop journal verify                  check that nothing in the journal was changed or removed

  --data-dir=<folder>   the data folder (else ALLSTOP_DATA_DIR, else the app's own)
  --json                for programs
  --lang=en|fr          the language of what is said

Exit codes: 0 done; 2 refused, nothing changed (also: the journal is broken); 3 stopped durably, but the publisher is not
confirmed dead; 4 the stop failed; 5 the app is running: use its window.
A stop is released only in the window.
`,
  fr: `allstop : All Stop depuis un terminal

  allstop status                          ce que fait la publication
  allstop stop                            tout arrêter, tout de suite, sans question
      --scope market:<nom>, brand:<nom>, network:<nom>, account:<réseau>/<nom> ou
              account:<marque>/<réseau>/<nom>
                                          seulement ce marché, cette marque, ce réseau, ce compte ; plusieurs avec autant
                                          de --scope ; un nom qui n’existe pas, ou que deux comptes portent, arrête tout
      --reason <texte>, --by <nom>
  allstop import <calendrier.csv>         ajouter les lignes d’un calendrier, toutes ou aucune ; les fichiers de Buffer,
                                          Hootsuite, Publer… sont reconnus
      --dry-run                           regarder seulement
      --skip-bad                          laisser les mauvaises lignes et ajouter les autres
      --format=<outil>                    si l’en-tête ne le dit pas ; columns pour tout tableau
      --column <champ>=<colonne>          quelle colonne est text, publish_at, date, time, time_zone, brand, network,
                                          account, link, media, alt_text, label : par son nom ou sa lettre
      --date-order=dmy|mdy|ymd            pour des jours comme 03/04/2026
      --time-zone=<fuseau>|brand          pour les heures sans fuseau ; brand : celui de chaque marque
      --account <nom>=<marque>/<réseau>/<compte>
                                          quel compte un nom du fichier désigne ; plusieurs avec autant d’options
      --to <marque>/<réseau>/<compte>     où vont les lignes qui ne nomment aucun compte
      --clock-change=earlier|later        pour les heures que l’horloge saute ou montre deux fois
      --web-media=leave|link              images qui sont des adresses web : les laisser, ou en garder une comme lien
  allstop import-accounts <comptes.csv>   ajouter des marques et des comptes de réseaux sans connexion
      --dry-run                           regarder seulement
  allstop imports                         ce qui a été importé, le plus récent d’abord
  allstop undo-import <numéro>            annuler ce qu’un import a ajouté et que personne n’a touché depuis
      --dry-run                           regarder seulement
  allstop answers <fichier>               prendre en compte les réponses d’un client : fichier de réponses, ou e-mail en texte
      --dry-run                           regarder seulement
      --other-person                      aussi ce que dit quelqu’un d’autre que la personne demandée
      --skip-bad                          laisser les lignes qui ne sont pas des réponses
      --by <nom>                          qui les lit
  allstop export <calendrier.csv>         écrire ce qui est programmé sous forme de calendrier
  allstop report --brand <nom> <fichier.html>
                                          écrire ce qu’on dit d’un arrêt à un client, d’après le seul journal
      --stop <id>                         quel arrêt ; le dernier si rien n’est dit
  allstop journal verify                  vérifier que rien n’a été changé ni retiré du journal

  --data-dir=<dossier>  le dossier de données (sinon ALLSTOP_DATA_DIR, sinon celui de l’application)
  --json                pour les programmes
  --lang=en|fr          la langue des messages

Codes de sortie : 0 fait ; 2 refusé, rien n’a changé (ou : le journal est rompu) ; 3 arrêt enregistré, mais la fin du processus
qui publie n’est pas confirmée ; 4 l’arrêt a échoué ; 5 l’application est ouverte : utilisez sa fenêtre.
Un arrêt n’est levé que dans la fenêtre.
`,
};
