"""What a catalogue needs to know of three languages: translations, modifiers, opposites, words that are no slips."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


def _table(*rows: str) -> dict[str, str]:
    return {word: row.split(":")[0] for row in rows for word in row.split(":")[1].split()}


CONCEPTS: dict[str, str] = _table(
    # what is done to people
    "corte:haircut cortar corta cortam cortamos cortando cortinho cut trim cabeleireiro cabeleireira peluqueria "
    "barbeiro",
    "cabelo:hair cabello cabelos",
    "masculino:masculina gents gentlemen men man mens male homem hombre caballero masc menino marido filho "
    "husband boyfriend son esposo novio hijo namorado",
    "feminino:feminina ladies lady women woman womens female mulher mujer dama fem menina filha esposa "
    "wife girlfriend daughter hija novia namorada mae mom mum mother madre",
    "escova:escovar escovada escovinha blowout brushing blowdry",
    "hidratacao:hidratar hidratante hydration hydrating hidratacion moisturizing",
    "coloracao:colorir pintar pintura tintura tingir tinte teñir coloring colouring dye color coloracion retocar",
    "unha:nail uña uñita unhinha",
    "mao:hand mano",
    "pe:foot feet pie pes",
    "manicure:manicura mani manicuri",
    "pedicure:pedicura pedi",
    # what is done to pets, and what they need
    "banho:bath bathe baño bañar banhinho banhar wash",
    "tosa:tosar tosado tosada groom grooming tosquia tosquiar clip peluqueada esquilar",
    "racao:food comida pienso alimento croqueta kibble racaozinha feed chow balanceado comidita",
    "cachorro:dog perro perrito doguinho cachorrinho cao caes cadela dogs doggy catioro perra perrita canino",
    "gato:cat gata gatinho kitty felino bichano michi gatico minino",
    "filhote:puppy puppies pup kitten bebe cachorrito",
    "adulto:adulta adult",
    "castrado:neutered castrada esterilizado esterilizada spayed sterilized sterilised",
    "areia:litter arena sand areinha arenita piedrita",
    "bola:ball pelota",
    "bolinha:pelotita bolita",
    "coleira:collar",
    "petisco:treat snack biscoito biscuit galleta galletita golosina bocadito",
    "shampoo:xampu champu shampu",
    "pequeno:small pequena pequeninho pequenininho pequeño pequeña",
    "grande:large big grandao",
    "medio:media medium mediano",
    # what is done to teeth
    "clareamento:clarear whitening blanqueamiento blanquear clareacao",
    "implante:implant implantar",
    "aparelho:braces brackets ortodontia ortodoncia orthodontic",
    "avaliacao:evaluation checkup evaluacion avaliar consulta",
    # places, as people shorten them
    "jardim:jd jdm jard",
    "vila:vl",
    "santa:sta",
    "santo:sto",
)
"""A word in any language → the word the catalogue is compared by."""

FALSE_FRIENDS: dict[str, dict[str, str]] = {"es": {"cachorro": "filhote", "premio": "petisco"}}
"""A language → its words that a word of the catalogue looks like but does not mean."""

PHRASES: dict[tuple[str, str], str] = {
    ("hair", "cut"): "corte",
    ("pintar", "unha"): "unha",
    ("cortar", "unha"): "unha",
    ("cut", "nail"): "unha",
    ("paint", "nail"): "unha",
    ("pintar", "uña"): "unha",
}
"""Two words that together mean one thing, before translation."""

MODIFIERS = listed(
    """
    cabelo masculino feminino cachorro gato filhote adulto castrado pequeno grande medio porte pet animal infantil
    crianca unissex branco branca preto preta azul vermelho vermelha verde amarelo rosa neutro mini p m g gg pp
    kit novo nova simples completo completa especial tradicional
    """
)
"""Words that narrow a choice but do not make one."""

OPPOSITES: tuple[frozenset[str], ...] = (
    frozenset({"masculino", "feminino"}),
    frozenset({"cachorro", "gato"}),
    frozenset({"filhote", "adulto"}),
    frozenset({"pequeno", "medio", "grande"}),
)
"""Who says one of these does not mean the others."""

COMPANIONS: dict[str, frozenset[str]] = {
    "mao": listed(
        "fazer faz fazendo unha uña nail hacer hacerme haceme hacerse hacen hago arreglar arreglarme do done pe"
    ),
    "pe": listed(
        "fazer faz fazendo unha uña nail hacer hacerme haceme hacerse hacen hago arreglar arreglarme do done mao"
    ),
}
"""Words that belong to a catalogue only beside one of these, or alone."""

FILLERS = listed(
    """
    o a os as um uma uns umas de do da dos das no na nos nas em para pra pro pras por com e s ao aos meu minha
    meus minhas quero queria quer gostaria preciso precisava marcar agendar fazer faz dar pode ser seria favor pf
    pfv porfa esse essa este esta isso aquele aquela mim eu me the an of for in on to my i want would like d ll
    please one el la los las un una unos unas del al en quiero quisiera necesito mi mis sim ok tambem tb ja so
    mesmo mesma kg g ml l unidade unidades saco sacos pacote pacotes vou querer levar levo ve manda entao y and also
    what about how quanto custa custam fica ficam sai saem ta tem ter voces voce vcs vc preco valor qual
    algo alguma algum coisa sera cuanto
    cuesta vale much is have you
    do any something
    """
)
"""Words that neither name a thing nor tell two things apart."""

GLUE = listed(
    """
    o a os as de do da dos das para pra pro p no na nos nas em meu minha the of for my s el la los las del un uma
    um
    """
)
"""Words allowed inside one name as people say it: "ração *para o* gato"."""

ELIDING = listed("o a os as um uma dois duas tres da do das dos pelo pela pelos pelas por el la los las the")
"""Words before "de gato" that stand for a thing named already: "troca a golden *pela* de gato"."""

UNITS: dict[str, tuple[str, float]] = {
    "kg": ("g", 1000), "kgs": ("g", 1000), "kilo": ("g", 1000), "kilos": ("g", 1000), "quilo": ("g", 1000),
    "quilos": ("g", 1000), "k": ("g", 1000), "g": ("g", 1), "gr": ("g", 1), "grama": ("g", 1), "gramas": ("g", 1),
    "ml": ("ml", 1), "l": ("ml", 1000), "lt": ("ml", 1000), "litro": ("ml", 1000), "litros": ("ml", 1000),
    "cm": ("cm", 1), "metro": ("cm", 100), "metros": ("cm", 100),
}  # fmt: skip
"""A unit as written → the measure and how many of it."""

NO_TYPOS = listed(
    """
    escola escolha escolher escolhe banco bando bandeja banca corpo conte conta contar corre correto cortez custo
    costa costas cabe sorte colocacao colocar colecao correcao relacao situacao condicao hidrante avaliado
    avaliador implanta impacto golpe goleiro premio primeiro primeira prefiro prefere areas areal bolsa bolsas
    bolinho bolinhos colher colega petiscar manual manha mande manda mandar pedir pedido pedidos perder pede
    escovao tosse tossir tingiu clara claro clareza aparece aparecer apareceu bolo bolos boleto carla carta cartao
    bolsita bolsitas paquetito frasquito cajita botecito sobres potinho caixinha saquinho pacotinho frasquinho
    certinho certinha centro dentro centavos razao nacao racional borracharia treat test
    """
)
"""Ordinary words one slip away from a catalogue word."""

STREETS = listed("rua r avenida av alameda al travessa tv praca estrada rodovia calle street st avenue")
"""Words before a street's name: what follows is neither a person nor a delivery zone."""
