/**
 * Words at the heart of the most used passwords, from what leaked lists have in common. The policy
 * compares them without case, usual letter substitutes, repetition and surrounding digits or signs,
 * so that each stands for hundreds of entries of those lists.
 */
export const commonPasswordStems: readonly string[] = `
12qwaszx 1g2w3e4r 1q2w3e 1q2w3e4r 1qaz 1qaz2wsx 1qazxsw2 a1b2c a1b2c3 a1b2c3d a1b2c3d4 a1b2c3d4e
a1b2c3d4e5 aaa aaa111 abc abc123 abcabc abcd abcd1234 abcde abcdef abcdefg abcdefgh abcxyz
access acmilan admin administrator adobe africa airforce alexande alexander alexandra alexandre
alexis amanda america american american1 amor amorcito amore andrew android angel angelina
angelito angelofgod angels anniversary anthony anthony1 anything apple april argentina army
arsenal asd asd123 asdf asdfasdf asdfgh asdfghjkl ashley assassin assassins audi august austin
australia autumn avengers azerty babe baby babyboy babyface babygirl babylon badboy badboys
badgirl bailey banana bananas bandit bangladesh barbara barbie barca barcelona bartman baseball
basketball batman bayern bayernmunchen bear bears beatles beautiful beauty beautyful bella
bemvindo benfica benjamin berlin besiktas bestfriend beyonce bible bicycle bieber bienvenido
bienvenue bigboss bigdaddy bigdog biker billybob birthday biteme blackberry blackbird blackcat
blackie blackjack blahblah blessed blessing blink blink182 blizzard bluebird bluesky bmw boomer
borussia boston brandon brasil brazil brianna bridal bride brideandgroom britney brittany
broncos brooklyn brother budweiser bugsbunny bulldog bulldogs bunny burger buster buttercup
butterfly caliente california camaro cambiami camelot cameron canada captain carolina caroline
cassie catdog catherine catwoman celtic champion champions change changeme charger chargers
charlie charlie1 charlotte cheer cheerleader cheese chelsea chelseafc cherries cherry chevrolet
chevy chewbacca cheyenne chicago chicken chickens children china chocolate chopper chris christ
christian christina christine christmas christopher church cinnamon cisco claudia clemson
cleopatra clover cobra coffee coldplay college colombia colorado computer computers consuela
contrasena contraseña cookie cookies cooper copper corazon corona corvette counter counterstrike
courtney cowboy cowboys cowgirl crazy cricket crystal cupcake cupcakes cycling daddy dakota
dallas dallas1 dance dancer dancing daniel daniela danielle darkangel darkness darling
darthvader database david davidson deadpool dearbook december default demo demon dennis denver
destiny detroit deutschland devil diamond diamonds discover doctor dodge dodgers doggy dolphin
dolphins dominic dominique donald donaldduck dortmund dragon dragonfly dragons dreamer dreams
drummer ducati eagle eagles easter edward elephant elizabeth elvis elvispresley emily eminem
england enigma enterprise eric escape espana ete eugene everton everything example explorer
express facebook faith falcon falcons familia familie family fantasy father february fenerbahce
fernando ferrari fireball firebird firefire fisherman fishing flamingo florence florida flower
flowers flyers football forest forever forever1 foreverlove fortnite fortune france francesco
francia francis francisco franklin freddie freddy frederic freedom freeuser friday friend
friends friendship frodo fuckyou fussball futbol futurama g_czechout gabriel gabriela gabriella
galatasaray gandalf gangsta gangster garfield gateway gemini genesis george geronimo ghost
giants ginger gmail godbless godfather godisgood godislove golden goldfish golfer golfing goober
goodbye goodluck goodmorning goofy google googles grace grandma grandpa greenday gregory
gretchen griffin groom guest guitar guitars gwerty gymnast gymnastics hallelujah halloween
hamburg hammer hannah hansolo happiness happy happy1 hardcore harley harleydavidson harrison
harrypotter haslo hawaii heather heaven heavenly heineken helena hellfire hello hellokitty
hellothere helloworld hendrix heritage hermione highland hiphop hobbit hockey hockeyplayer
hogwarts holiday holland hollywood homer honda honey honeybee honeymoon horse horses hotmail
hotrod houston hrvatska hubby hulk hummer hunter hunters hunting hurricane husband icecream
ichliebedich idontknow iforgot iloveu ilovey iloveyou imagine india indigo indonesia indya
inferno infinity inspired instagram integra intermilan internet intrepid iphone ireland
ironmaiden ironman isabel isabella isabelle island istanbul italia italy jackdaniels jackson
jacqueline jaguar jaguars jamaica january japan jasmine jason jasper jedi jeffrey jennifer
jeremy jessica jessie jesus jesuschrist jesusislord jesuslovesme jetaime johnny johnson joker
jonathan jonathon jordan jordan23 joseph josephine joshua july june jupiter justinbieber
justmarried juventus katherine kathleen katrina kawasaki kids killer killers kimberly king
kingkong kitten kittens kitty kristen kristina kristine lacrosse ladygaga lakers lamborghini
laura lauren legend legends legolas leonardo letmein liberty lifestyle lightning linkedin linux
lion lions lisboa lisbon liverpool liverpoolfc login logon lollipop london lorenzo lorraine
losenord louise love lovely loveme lover lovers loveyou lozinka lucifer lucky luckyone luckystar
luigi lukeskywalker macintosh madison madonna madrid mafia maggie magic magician magnolia magnum
malaysia manchester manunited manutd march marcus margaret maria mariana marie marina marines
mario mariposa marlboro marriage married marryme marshall martin martina master matrix matthew
maverick maxwell medicine melanie melissa melody mercedes mercedesbenz mercury meredith
metallica mexico miami michael michael1 michaela michaeljackson michelle mickey mickeymouse
microsoft midnight midnite miguel military millions minecraft minnie mistress molly mommy monday
money moneyman monica monkey monkeys monster monsters montana montreal moonbeam moonlight morgan
morpheus moscow motdepasse mother motorbike mountain muffin mummy munich mushroom music musica
musician mustang mustangs mychildren mylove myspace mywife nadine napoleon naruto nascar natalie
natasha nathan national natural navy nederland nemesis network nevermind newport newyork
nicholas nicole ninja nintendo nirvana nissan nobody nokia nostromo nothing novell november
october oliver olivia olympia onedirection online opensesame openup operator oracle orange
oranges ordinary orlando outlaw outlaws pacific packers pakistan paladin pamela panama panasonic
panda panther panthers paradise paris parker parola pass passion passphrase passport passw
passwd password passwort patricia patrick patriots peaches peanut peanuts pebbles penelope
penguin penguins pepper peter peterpan peterson phantom philippines phillip phoenix photoshop
piano pikachu pinkfloyd pinky pirate pirate1 pirates pizza planner platinum playboy player
players playstation please pleasure pokemon police polska pooh poohbear pookie popeye porkchop
porsche portable portland porto portugal positive potter precious predator presario presto
prince princesa princess prinzessin private progress prophet puppies puppy pussycat q1w2e q1w2e3
q1w2e3r q1w2e3r4 qazwsx qazwsxedc qazxsw qazxswedc quality queen question qwe qwe123 qweasd
qweasdzxc qwer qwert qwerty qwerty1 qwerty123 qwertyuiop qwertz rabbit racecar racer rachel
racing raiders rainbow rainbow1 rainbows rambler rambo rammstein ranger rangers reality
realmadrid rebecca redneck redskins redsox regional remember republic research reset revolution
ricardo richard ridgeback rihanna roadking roadrunner robert roberto robinson roblox robotics
rocket rockets rocknroll rockstar rocky rollingstones root rosebud router rugby runner running
russell russia sabrina sailing sailor sakura salasana samantha sample samson samsung samsung1
samuel samurai sandra sarah sassy satan saturday saturn savannah scarface scarlet schalke school
scooby scoobydoo scooter scooters scorpio scorpion scotland scotty seattle sebastian secret
secrets senha september serenity sergio server service sexy shadow shadows shakira shannon shark
sharks shelby sifre silver silverado simple simpsons sister skateboard skater skipper skywalk
skywalker slipknot smile smiley smokey snapchat snickers sniper sniper1 snoopdog snoopy snowball
snowboard snowboarding snowman soccer softball soldier something sommer sonic sooners sophie
southern spanky sparky spartan special spectrum speedway speedy spencer spider spiderman
spitfire spongebob sporting spring srbija standard stanley starcraft starfish stargate starlight
startrek starwars station steelers stefan stella stephanie stephen steven storm stormy
strawberry strength student subaru success summer sunday sunflower sunnyday sunset sunshine
super superman supernova superstar superuser support surfer surfing surprise survivor susana
suzuki sweetheart sweetie sweetness sweety swimming swordfish sydney sylvester system target
tarheels taylor teacher teamo telephone temp tempest temporary tennis tequiero tequila teresa
terminator test tester testing texas thankgod thanks thankyou thebeast thebeatles thebest
theking theone theresa thesims thirteen thomas thor thumper thunder thunderbird thursday tiamo
tianya tiger tigers tigger timothy tinkerbell tinkle titanic together tokyo tomcat toonarmy toor
topgun tornado tottenham toyota toyota1 training traveler treasure trinity triumph trouble
trucker truckers trucks truelove trustme trustno trustno1 trustnoone tuesday tupac turkiye
tweety twilight twister twitter ubuntu ukraine unicorn university unknown vacation vacation1
vader valencia valentin valentina valerie vampire vanessa vanguard vanilla vegeta venezuela
verano veronica victor victoria victory vienna viking vikings village vincent violet virginia
vladimir vodka volcano voldemort volkswagen volleyball volvo voyager wachtwoord walter warcraft
warhammer warlock warren warrior warriors water watermelon webmaster wedding weddingday
weddingplanner weddings wednesday wedsync weekend welcome welkom westside whatever whatsapp
whatsup whiskey whitesox wifey wildcat wildcats wildlife william williams willkommen wilson
windmill windows winnie winniethepooh winter wireless wizard woaini woaini1314 wolf wolverine
wolves wonderwoman woodland word worldofwarcraft wrestling wsxedc xbox xsw xsw2 xyz yahoo yamaha
yamaha1 yankee yankees yellow yoda yolanda youtube zachary zag12wsx zaq12wsx zaq1xsw2 zaq1zaq
zaq1zaq1 zelda zeppelin zxc zxc123 zxcv zxcvbn zxcvbnm
`
  .trim()
  .split(/\s+/);
