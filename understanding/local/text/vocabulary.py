"""What a catalogue needs to know of three languages besides the words of a trade: fillers, glue, units, no slips."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


SHORTENED: dict[str, str] = {
    "jd": "jardim",
    "jdm": "jardim",
    "jard": "jardim",
    "vl": "vila",
    "sta": "santa",
    "sto": "santo",
}
"""Names of places as people shorten them."""
IN_ONE_TONGUE: dict[str, str] = dict.fromkeys(("equipe", "equipo", "team"), "equipe")
"""Words that names are made of, where people say them in their own language: "team 2" is Equipe 2."""

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
    do any something bag bags bolsa bolsas paquete que oque tienen tienes hay
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

WITHIN = GLUE | listed(
    """
    mi mis su sus tu tus his her their your our nosso nossa meus minhas seu sua ao aos me up a an is
    are on mais mai mas more muy bem bien uns umas unos some
    """
)
"""Words allowed between those of a phrase: "blanquearme *los* dientes"."""

FOR = listed("pra para pro p pa pal for de do da e eh is es del al a to no na nos nas in on")
"""Words before the one whom a thing is for: "corte *pro* meu filho"."""

POSSESSIVES = listed(
    """
    o a os as um uma el la los las un una the an my mi mis meu minha meus minhas our nosso nossa su tu seu sua little
    young old querido querida velho viejo vieja
    """
)
"""Words between "for" and the person."""

NEEDING = listed(
    "tem tiene has is quer quiere wants want precisa necesita needs need ta esta gostaria queria would faz hace does "
    "parece looks luce come comes coming pode puede podria poderia can could"
)
"""Words behind the one whom a thing is for: "my son *needs* a haircut"."""

AGED = listed("s de of que quem who ano anos año años old year years yo")
"""Words between that one and these: "my son *who* is 8 needs one", "meu filho *de 6 anos*"."""

ALSO = listed("also tambem tb tbm tambien too really")
"""Words between the two where something is named: "my son *also* needs a haircut"."""

ELIDING = listed("o a os as um uma una dois duas tres da do das dos pelo pela pelos pelas por el la los las the")
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
    consulte consultar consulto certinho certinha centro dentro centavos razao nacao racional borracharia treat test
    pintor pintora modelada modelado
    premiere colar colares
    """
)
"""Ordinary words one slip away from a catalogue word."""

STREETS = listed("rua r avenida av alameda al travessa tv praca estrada rodovia calle street st avenue")
"""Words before a street's name: what follows is neither a person nor a delivery zone."""
