/**
 * Frequent words of English in their order, most frequent first; function words are left out (words.ts has them). Counted over
 * meetings (QMSum, MIT), word problems (GSM8K, MIT) and the manuals of Node.js (MIT), Perl (Artistic), Vim (Vim licence) and Go
 * (BSD-3-Clause), each source with equal weight, words of at least three documents.
 */
const FREQUENT = `
use used number new see make file set test using name like value code function string get time work line type option
now list example files version command run object want message class data buffer end read directory change way
character something current people method different argument module call variable case script user remote path long
right release options well output tests text system support following windows point start made even mode patch key
syntax specified documentation times event objects returns build doc fix old process format characters return non
http perl second write know things say api array find values here functions integer expression available good uses
runtime got lines bit possible contains sort tree diff channel back empty thing branch package working single commit
created configuration help boolean information minutes mean commands encoding modules memory arguments stream match
update index think changes repository look running request order language interface internal day source maybe years
total names server days window week property reference terminal pattern notes buy pack gui ctrl callback tag note
fixes money git control hours eval merge push url solution include open pause size doing hour distribution closes
node makes show local defined txt store src cursor versions currently amount javascript let context regular learned
fixed okay corrected field pro proto feature bought vim gap instance yeah disfmarker gonna vocalsound testdir maint
supported avoid program utf socket miles probably block length handle done setting tried sure kind wants remove try
types environment create true form send year details means multiple optional level provided returned allow input
rebase correctly better side section simple works flag otherwise bytes updates normal main useful project specific
win emitted byte messages subroutine students map special points search pod written methods keys rest removed cases
cause comment gets pull wrong compile remaining pay count month unix able various feet variables unicode itself
longer move group full however implementation word spend fetch little status small existing anything core etc
features edit keep friends lot updated missing calling hash operation inside clean items built range int menu making
space strings completion valid trying parameter access closed submodule allows screen extra school pounds
experimental previous entry buttons behavior water together head header pages changed yes writing copy dir meeting
standard said insert ref additional shell future paths buys operator average config words library regexp books users
home stability mak refs makefile invalid starting mark original ones indicates else price house calls state large
top tags john python box sets directly attribute big contents execute systems loop binary common constant
automatically place null apply ignored started configure guess locale func close older compiler ignore stuff away
whole specify numbers similar exactly invoked idea meant properties mapping rather pointer position reading pieces
complete document gives received security child auto equal decimal signal filter exit structure foo containing
digits certain performance history sequence expected usually compiled clone free misc exception design included
specification matches term named parser report global underlying job delete tell parameters bug visual matching var
address item including runs base broken checkout dollars events attempt shows install color net tools commits final
sell parse getting contain spent link family speech apis import apples far protocol looking spec percent content
replace outside quickfix scripts split thrown fast often provides cards classes everything mouse terms popup sells
reason building email calculate red separate save prefix generated skip sometimes maximum client scope explicitly
define pretty button cmds thread properly directories produce session receive filetype languages element dog
application vms recent short present question correct james stop sense enabled pick cpan page display due date throw
expr high clear stack cookies boxes headers mechanism beginning testing crash yep exist statement limit ascii eat
fish public reset problems target corresponding starts cve weeks platforms car native filehandle streams instances
connection undefined break load person real installed slice inches wanted table hook combined executed effect
execution blue looks necessary equivalent particular entries cmd dump easy literal style location square appear
leading examples external book parent white response talking false hard gtk issues adding exists speed whatever
shared web consider friend custom operations docmd worker machine lexicon rules tool difference branches marked
netrw maketext eggs parsing usage tab grep editing wanna tickets settings readable dominique register likely provide
checking supports letter general tls entire license contrib saying team relative requests numeric minute pair trip
indicating port highlight multi extension monday implement children ken wait christian certificate game collection
huh select operating usr bracket generate creates known normally minor alias includes posix seconds bags scalar
specifies bad flags food comes changing party please yaml thought listed packages dumps happens taking described
elements passing highlighting creating perhaps handler closing causes pairs cmake bag contained fact age prompt
blocks column ask mmm brabandt depends accept indent brother print followed anyway typedarray actual plugin spell
rev english talk scroll bill encode signature candy stable prototype loaded model happen immediately related enable
warnings platform construct weight compatibility filename larger negative jump submodules active executable undo
dataview best great yegappan meaning marbles releases lakshmanan symbol blob complex handling adjust ways symbolic
market room depending worth dep associated recognition worktree disable reads listener mike references discovered
company interesting opened catch rate fine yellow eats incorrectly caused finish trace html course development
backslash frame programs append share escape struct constants mac declaration helper remember decides stash encoded
tap individual declared easier convert typically enter collected dogs basic race addition conversion questions green
cache width ounces shirts sub follow spaces thus svn fold compatible considered modified links fill openssl offset
interpreted noise notation further colors continue alright spends dependencies cherry rfc bar tuesday games
resulting sorry merges pound earn comments plus legacy cars info taken autocmd record higher pelle morning
representation play json author host bits representing documented buffers cuz tested months progress shoes fruit
async trees pizza early indicate supplied loading walk logic forward attributes label resource ends friday cleanup
today trailing codes oranges github possibly zip parsed supposed takata gitweb paper cups encodings condition parts
root asynchronous thinking patterns constructor upstream generally displayed char others optionally become slices
sister cut recognized balls initial past descriptor shop safe track produces gallons hooks selection operators force
pool phone echo packs domain appropriate ipv refer checks previously static tall seems disabled engine area channels
completely cat intended reported description mail implemented fields goal software arraybuffer indicated ate cans
scored rename network nodejs account especially iso profit threads graph coffee blank middle succeeded manual expect
press dynamic expressions subject low confused ups opening front someone fit internally introduced routine tom
writable finished worked meta namespace lunch assign cover minimum whereabouts defaults says pre manually behaviour
algorithm groups flowers weighs body wednesday override popupwin power wide picked components codepath places black
mappings whitespace functionality query nice assignment subdirectory connections conditions resources piece timeout
exports structs converted processing product max suite milliseconds meters handled distance records feed choose
feel modifier temporary editor animals commonjs deleted energy export makemaker typing figure writes explicit leave
members debug height marks wrote definition leaves builtin leak private situation partial patches prevent pathspec
applications kay reasons controls applied init connected forgot bottles gettext blame fatal linux notice follows
compressed series sending saw netbeans digit appears selling comparison buying training transport altogether
debugging incorrect almost random triggered compared vimrc harness assuming ready chocolate verify care finally
omitted shape formatting describe icu score computer tracking volume repl life latin dos man math ruby site
arbitrary throws rubber round getln fileio saved understand queue origin chunk cats paint dict mistake swap
registered detect unique destination crayons candies reserved bottom optimized comma globals recursive detected
separated determine initialized userfunc cents configured reflog console regex overflow keyword yourself slow modify
archive forms ecmascript recently drive executing represents kinds steps stat identical quote exclude absolute
restore destroyed matsumoto discount attempted failing alternative device abort giving ops template die yasuhiro
foot dns kids bars chip primary sources looked television ipc extended evaluation latest typed master couple raw
asking sale stored crypto easily quoted finding attempting birthday tank calories seeds repositories purpose reports
moving bound knows parents discussion initialize peculiar occurs remain startup processes showing lose
distributed lexical cool represent view pens args stickers major unsigned bare parentheses bash collect post
approach statements dotted everyone mentioned unused reduce recognize pipe lower bank broke produced movie xterm
callbacks answer holds gnu autocommand maintenance compare licensed backward discussed formats treated unnecessary
saturday begin sales farm matched fully disk balloons row permission debugger gvim allocated socks regression
chicken waiting jane viminfo layer trigger searching cmdline revision bin whenever copyright kept macos ball wheel
component expensive smaller autocommands unknown complicated ftp among tries stamps ice jar cupcakes coverage stdin
lists ticket cscope describes chinese receiving dependency becomes night light initialization title equally phrase
shift speaker font handles perform putting apple drinks mile milk bottle heap endian compiling lua world emit
specifically inner timers garden bob pays differences raised requirements interfaces multibyte somewhere removes
reach plants dinner mary pencils compat interested builds installation specifying michael expand thursday prove
student russian browser task meetings synchronous peter refers flow abortsignal permitted drop confusing tells
addresses faster floating mother improved stopped conflict ifdef integers garbage exported remotes ever accidentally
causing gallon tomatoes freed nil combination greater ran material addon bugs affected treat legal selected summary
limited liters drink watch rows cup video const voice newer pragma builder sparse outer addons timestamp timer
colour dunno iteration substitute loose choice background matter embedded readme park plant proper len technical
girls usual chips generic detection compression soon subtree prune filled instructions tip octal identifier ming
priority msg hexadecimal terminated respectively positive lots assume cream boys subsequent mostly chain ssl rule
sum replacement strict recurse watching pager exact merged pending underscore repeat strategy redraw fsck drives
land accessed nested honor tsc collaborator amiga covered xml filesystem getchar org deal connect sync official
relevant finds glob everybody tony practice maps percentage receives live bisect definitely listeners brackets
enables perlio permissions lookup skipped banana machinery env phrases tty extensions according town bread bills
chickens metadata sunday lead behave unfortunately copied untracked owns definitions bunch adam exiting accepted
coming libraries playing quiet curl self tcl younger kilograms guys showed accepts newly raise travel hidden walks
collaborators human symbols codepaths guaranteed purposes compilation battery transfer listing generates mind
sentence listen requested customers hex lock dictionary illegal uninitialized sockets letters plain zlib ideas
production hello interest maintaining ride quarters servers jack seem begins improve obvious completed mbyte affect
generating plastic differently policy receiver interactive breaks forget applies member smart focus specifications
birds monthly earned farmer folds ended happened backend sections mom jason incompatible marketing prepared
potentially stdout snapshot train stderr deprecation quickly lts declare portable unpack attempts evaluate
consistent ssh imported def saving placed fancy involved deep separately developers soda cakes ambiguous wrap
anonymous packed originally suppose parallel ending increase conditional unnecessarily updating bus util corner
authentication communication huge themselves customer exceptions aware earns coins pies guests pie reverse david
moment distributions delay detail weekend lib insensitive subroutines technology procedure difficult strictly
verbose represented click shallow menus creation assertion recorded wall repack dialog region season roses weigh
cake projects sends success period satisfy inspector williams aborted encountered declarations mingw macros batch
somehow credential subcommand fallback mapped formatter documents exec fall lang similarly implementations prior
suppress shorter upload todo fork bool specifier cpu service pizzas kilometers apartment stops lexer motif endif
printf animal unsafe continues returning clipboard sample removing noun plural keeps necessarily review wrapper
implicitly assert nul precedence filtering sees extends rewrite thank whatwg fulfills board urls shells attention
generation arrays planning preferred modifiers visible password autoload flour teacher restaurant corn inserted
attached magic daemon card won designed modes accessible somewhat loads parking andy gzip detailed unexpected slash
subclass learn cross category pushing goto macro scheme compute hope database kinda hence translation internals
yards formatted latter localization implements preserve depth columns allowing counted imap revert cipher rewritten
sam toys internet particularly clients delimiter manager guide silently mention city padding tabs occur webassembly
labels regardless charges salary gas basketball herself cows jeff floor sarah occurred instruction gone folding
careful prefer overlap extend forth wash arabic mvc textprop german portion plans nfa units machines fashion orders
spawned implicit experience stores processed braces highlighted primarily tim
construction reporting planted beans bike gift silence workaround quotes yesterday paste shorthand workers chance
capture packfile parenthesis prints functional pathname directives defines spelling hierarchy caller managed
vegetables cygwin discuss fetching framework automatic pants truck baseball juice beads passes chairs computed
research packet released criteria depend detached traditional collects grow renamed picks effort fruits leaks frames
terminate mergetool played balloon trouble colon tcp mixed peer secure behaves flaky keywords fulfilled covers upper
alternate advanced tasks meet issued limits orange moves performed clothes shirt mrs rent janet strawberries
obtained slightly helps scale band jerry handful hirohito higashi filelist promises increased yourprojclass bitmap
draw pathnames sounds direction literals worse coverity expecting semantics elsewhere desired dependent https backup
sequences determined programming jobs heads keeping presentation hide fairly presumably talked failures sandwiches
walked songs gold noted possibility signals tables brown applying steve translated prepare mms conflicts adult
escaped ben bundle docs deleting opposed setup portability truncated linked somebody adults sensitive tar upgrade
medium charge anymore late printed cheese ounce butter movies derived trivial improvements unlikely cuts
successfully evaluated printing expressed suggested reduced cvs clause expects backport sugar father george token
dropped apparently artistic wrapping quick salt helpful concept exits owner referenced spongy interpret malloc
aliases dad paragraph err situations workflows billy grams carla ducks iterator cached shopping removal wish curved
bigint duplex buf directive alpha dan business boundary sides significant virtual advantage providing counting
logical utility jim ordinary levels lowercase nonvocalsound leaving xxd rooms dead impossible benchmark protect
vacation men asynchronously controlled walking neighborhood employees zoo stand paul fee singleton confusion scratch
fed topic separator storage evening incomplete quit vad listening backwards iconv brian prerequisites architecture
curve microphone counts offers pen infinite cleaned gcc effects simplify hint cleaning factory personal models
center responsible located historical pointed strange thanks sound treats anna maintained afternoon identified
plugins purchase robert copies defining operate breakfast floors nickels beach soccer lemonade divided panic
convenience paying yield grade arg newline imports ship recursively stay ages introduce explain identifiers cyg
algorithms successful carl invocation mswin seed trailers folder dot pressing article additionally hunk overall
picking msvc nancy imagine identify italian goals contributors digraph efficient remainder scrolling speaking
memline frequency near beep verbatim avoids eaten aquarium tax necklaces basket river competition initially stick
pets destroy localize lexicons extutils redistributed inherit delta redirection warn hot ftplugin street indentation
matt typo compress join happy optimization readonly glasses plates sql stringified supply lack corresponds crlf
conflicted gpg visit colours counter sleep management developer reasonable layout usable opens charset serve esm rsa
syn meals gifts bake degrees traveled notebooks mountain capital substitution username potential assumed throughout
universal resulted seeing independent exposed lambda exchange rely superproject accessing unable download quoting
allocate silent daily assembly edited noticed digest simpler euros suggestions cycle french gary hopefully
improvement binaries locally station consists assigning subset inch validation mix integration typical dave
packfiles misbehaved adjusted storing chapter col ebcdic laundry jake plays bathroom nuts largest ins spectrum
spectral bogus hashes grammatical dirhandle yml lnum mechanisms lets entirely dry mistakes dash constructs
subtraction exited typofix supplies legs bananas omit asks inconsistent toolbar repo wildcard robust sean idx
corrupt identity payload certainly nikolai skipping neural anybody decorate activity female comparing certificates
staging signatures recording gitattributes rerere closure categories alignment lake insurance football sand puppies
emily temperature candles doubles handlers indented meter unspecified subscript filenames ignoring pet linking
merging clarify invoke joe kernel preceding divide son entered recipe anywhere teletext hang contributed
normalization porcelain strbuf segfaulted bsd dev lift performs wrapped hole direct teach modern tied motion alex
office driving worry retrieve consume throwing measure eating phase freebsd structures fair incoming cluster player
unit advice discouraged translate splits betty jelly hats mph tennis bucket houses savings martha harry beef fence
egg jenny rope pointing collecting preparing annotated confirm duplicate lvalue unopened delimiters pointers
vertical flush copying tracker brace keyboard vimruntime ifdefs assumes obtain flat kitchen wood walls convention
living loses descriptors natural converting jan hear expanded andrew sessions gitk holding allocation npm statusline
diagnostic mime segment suitable expanding community termcap inserting noisy stage routines translators segments
tiny float opposite brings tina grocery bedroom towels frank container reflect locales cloned batteries miss recover
dirty compilers clearly picture typofixes phones credit tooling loader absolutely vector backslashes rare summer
manage expansion optimize ratio suffix encrypted catches pseudo replacing traces spawn transform curly registers
friendly evaluating likes road sandbox subpath cryptokey difftool learns timing slide trust hair odd binding
resolving estimate harder translations sorted squash organization favorite noet indenting consumed kevin gitignore
environments indexed perf spending overview minimal purchased randy meal servings drove bracelets agenda tokens
browsers ansi discarded speakers funny overload singular bareword ryan continuation euc inc pat mch useless
fsmonitor goroutine sheet symlink products scheduled unsupported aaron reached targets val retry players attr
producing buffered xdiff contexts enhanced utterance chris appending canonical tea norl muraoka theater tlsv
guidelines splitting route transcription bed abbreviation filters profile increment existence clarified
international anyone seats sharing entering dollar lisa berries sally capacity rabbits piggy watermelon dolls
donated siblings baskets mushrooms donate spots taro modifications kill bigger express interpreter installing
uncaught alternatively java inclusive fileformat preparation aurora mel pushed cancel numbered tier finishes
referred concerns authors interaction templates segfault committer subcommands modeline arrived microsoft martin
malformed cpp cloning prerequisite image repeated commas overhead obsolete handy wheels trailer vulnerability void
mccoy conceal simplified tracked straight spelled ranges answers selecting chunks nomination encryption fun verb
dynamically redrawing piped indexes indication sheets delivery runner agent emits interact don explanation computers
weird peanut photos goldfish jeans dimes gym taxes josh attended sheep invoking driver iana serving rid abbrev eof
appended fills stands clothing happening stuck converts wife libnet scalars licenses impact triggers naming fell
derive decoding gvimext corepack fips serialization infrastructure art effective combine affects decode shipping
terminals deliver limitations zeros overlaps cvsserver keymap ctags tha inputs purple variants effectively lazy
manages weibull symlinks dll recursion gained tips exclusive restriction overrides cast stock watches euro
established mechelynck wasi dist jumping subsystem analysis chose uncompress jumps complexity warns nonsense
allowance island dress christmas shelter baking karen weekly soup php cleared num deletes strongly cheaper bracketed
eventually traveling cookie evenly locations threshold executes backported registry considering grey experiment
validate iterate prefixed ancient american redo caching overridden statistics restricted undef kinetic freeing
forbidden complain exceeded swim abi eventemitter benchmarks patrick scrollbar beval cpoptions tex ancestor
synchronously flushed comparisons reuse male incsearch distinct achieve primitive aspect downloading belongs ensures
stdio tape proxy errno fname basis consistency browse boundaries versus explained loss highest aborting hostname
halfway ring preference lawn paintings travels caleb bowl glass taller expenses bakes jimmy homework bones laps
daughter bricks passengers shark sitting heavy uint marking department preview composing unchanged wondering helpers
frotz states discard acceptable losing soft protocols quant translator redistribute ces mid opaque consuming safely
june outputs roger bold variant marker excludes computation vary specifiers runtest zyx reply diagnostics pad sticks
overwritten leaked johnson spawning packets cgi behaved wow national schema intend benefit sun respect determining
science joined july jacob ids abc dec lstat cindent overlapping teams introduction shot determines remains nodes
terminating
`

const frequent = FREQUENT.trim().split(/\s+/)
const scale = Math.log2(frequent.length + 8) - 3
const rarities = new Map(frequent.map((word, rank) => [word, (0.9 * (Math.log2(rank + 8) - 3)) / scale]))

/** 0 for the most frequent word up to 1 for words that are not in the list: a stand-in for inverse document frequency. */
export const rarity = (word: string): number => rarities.get(word) ?? 1
