"""What words mean the same to a customer, in the three languages: "vaga", "parking" and "carro" all ask for parking.

A concept's name stands before the colon and for itself; the words after it mean the same. Two or three words that mean
something only together ("gift card") are joined by "+".
"""

from __future__ import annotations

from tools.words import plain, stem

_CONCEPTS = """
estacionamento: parar+carro onde+parar lugar+pra+parar estacionar estaciono vaga vagas carro carros parking park car
    garagem aparcar aparcamiento estacionamiento coche valet parar+o+carro deixar+o+carro
crianca: criancas filho filha filhos filhas kid kids child children nino nina ninos bebe baby menino menina hijo hija
    son daughter infantil idade age edad
cachorro: cachorra cachorrinho cachorrinha cadela cadelinha doguinho bichinho bicho cao caes dog dogs pet pets perro
    perros mascota mascotas gato gata gatinho cat animal animais animal+de+estimacao
wifi: wi+fi internet senha password contrasena wireless
atraso: atrasar atraso atrasei atrasamos atrasando atrasado atrasada atraso late delay delayed retraso retrasar
    atrasarme tolerancia chegar+tarde llegar+tarde presa+no+transito preso+no+transito engarrafamento stuck
    chegar+depois minutinhos+depois minutos+depois min+depois
giftcard: gift+card gift+cards vale+presente vale+presentes cartao+presente presente presentear gift gifts voucher
    regalo tarjeta+regalo
troca: trocar troco+o trocas trocam troquei devolver devolucao devolucoes exchange return returns refund cambiar
    cambio devolucion reembolso
convenio: unimed bradesco sulamerica hapvida notredame intermedica cassi uniodonto golden+cross porto+seguro
    bradesco+saude sul+america plan+dental obra+social convenios plano planos plano+de+saude seguro insurance plan
pagamento: pagamentos pagar pago pagam pix cartao cartoes card cards credit credito debito dinheiro cash pay payment
    payments parcela parcelar parcelado parcelas tarjeta efectivo fiado parcelam troco maquininha divide dividir
    dividido dividem vezes installment installments cuota cuotas debit
cancelamento: cancelar cancela desmarcar remarcar cancel cancellation cancelacion reschedule
entrega: entregar entregam entregas delivery deliver delivers frete envio domicilio entregan motoboy
vacina: vacinas vacinar vacinam vaccine vaccines vaccinate vacuna vacunas vacunar
buscar: buscam busca pegar pegam pega peguem taxi+dog taxi transporte pick+up fetch recoger leva+e+traz
dor: doi doer doendo dolorido hurt hurts pain painful duele dolor sensibilidade
clareamento: clarear whitening blanqueamiento branquear clareiam
avaliacao: evaluation evaluacion checkup check+up
custa: mensalidade mensal por+mes ao+mes por+ano anual per+month per+year monthly yearly a+month a+year al+mes pricing
    licenca license custam custaria sai+por
    custo custar preco precos valor valores quanto cost costs price prices how+much cuanto cuesta precio
produto: produtos product products producto productos marca marcas brand brands formol vegano vegana veganos veganas
    vegan formaldehyde ferramenta ferramentas programa programas sistema software tool tools program herramienta
    herramientas
levar: trazer levo bring llevar traer take entrar levam
politica: policy politicas regras regra rule rules
casa: domicilio home house
bloqueia: bloquear bloqueiam block blocks blocking bloquea bloquean bloqueado barra barrar barram impede impedem
    impedir previne previnem prevenir protege protegem proteger protecao detecta detectam detectar evita evitam evitar
    pega+de stop stops prevent prevents protect protects protection detect detects defend defends against catch catches
    contra ameaca ameacas threat threats risco riscos risk risks ataque ataques attack attacks
grande: pequeno pequena big small large
minuto: minutos minute minutes hora horas hour hours
vender: vende vendem vendo vendido venda vendas sell sells selling sold venden
cortar: corta cortam cortamos corte cortes cut cuts haircut corto
cabelo: cabelos hair pelo cabello
serve: pra+que+serve para+que+serve serve+pra o+que+faz what+does+it+do que+hace how+does+it+work como+funciona
    used+for use+it+for it+work purpose sirve
tempo: quanto+tempo how+long cuanto+tiempo prazo plazo
gratis: graca gratuito gratuita gratuitos gratuitas gratuitamente free paga sem+custo sin+costo
"""

PRICE = "custa"  # the concept of a price: asked for one, an answer without one is no answer
PRODUCT = "produto"  # the concept of any product

# Words that say little of what a question is about; they count, but never decide.
_WEAK = (PRICE, PRODUCT, "vender", "levar", "politica", "casa", "grande", "minuto", "cachorro", "tempo", "serve")
WEAKNESS = 0.4

_EMPTY = """
a o as os um uma uns umas de do da dos das em no na nos nas ao aos por pelo pela para pra pro com sem sob e ou mas se
que qual quais quando onde como quem porque pq meu minha meus minhas seu sua seus suas nosso nossa este esta esse essa
isso isto aquele eu tu ele ela voce voces vc vcs eles elas me te lhe mim ai la aqui ja so tb tambem muito mais menos
algum alguma ter tem tens tenho temos tinha teria haver ha ser sou sao era seria estar estao estou querer quer quero
queria gostaria poder posso pode podem podia poderia saber sei sabe dar dao fazer faz fazem faco ir vou vai vamos vir
venho ficar fica ficam aceitar aceita aceitam aceito atender atende atendem usar usa usam uso oferecer oferece
oferecem trabalhar trabalha trabalham funcionar funciona funcionam forma formas tipo tipos oi ola bom boa dia tarde
noite favor obrigado obrigada moca moco hoje amanha agora ontem anteontem semana passada passado mes ultima ultimo
outro outra something yesterday bought last week month today ayer anteayer pasada pasado algo entao bem sim nao ne
duvida pergunta dizer diga falar diz coisa coisas cosa
lugar perto the an of in on at to for from with without and or but if is are am was be been does did have has had can
could may might will would should i you he she it we they my your his her its our their this that these those there
here what which when where how who why please hello hi hey thanks accept accepts use uses want like need any some know
about offer offers el los las una unos unas del al y u pero si cual cuales donde quien mi su ese eso hay tener tienen
tiene tengo puedo puede pueden quiero quisiera hacer hacen hola gracias aceptan acepta con sin en es son ustedes usted
lo le les chegar chego vez vezes quantas quantos quanta reais real allowed permitido permitida precisar precisa
preciso work works s problema problemas exactly exatamente certinho certo comprei compra errado acaso caso alias assim
comprar compra compro compram compre buy buying comprado comprou tell told explain explica explicar explique entender
understand significa significar significado sigla stand stands mean means meaning describe kind kinds sort type types
thing things tal exato exata exatidao melhor poderia poderiam conseguem consegue consigo se quer nome chama chamado
called gostou gostei gosto gostaria mean compre compramos comprando
mesmo tal min gente acho ainda comigo obg pf really actually just
"""


def _tables() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    words: dict[str, str] = {}
    groups: dict[tuple[str, ...], str] = {}
    concept = ""
    for entry in _CONCEPTS.split():
        if entry.endswith(":"):
            concept = entry[:-1]
        parts = tuple(entry.rstrip(":").split("+"))
        if len(parts) > 1:
            groups[parts] = concept
        else:
            words.setdefault(parts[0], concept)
    return words, groups


_WORDS, _GROUPS = _tables()
_SKIPPED = frozenset(_EMPTY.split())


def concepts(text: str) -> dict[str, float]:
    """What a text speaks of: each concept (or stem of a word without one) with its weight, 0–1."""
    words = plain(text).split()
    found: dict[str, float] = {}
    position = 0
    while position < len(words):
        length = next((n for n in (3, 2) if tuple(words[position : position + n]) in _GROUPS), 1)
        name = _GROUPS[tuple(words[position : position + length])] if length > 1 else _meaning(words[position])
        if name:
            found[name] = WEAKNESS if name in _WEAK else 1.0
        position += length
    return found


def known(word: str) -> bool:
    """Whether a plain word stands in the tables; such a word is never taken for a typo of another."""
    return word in _WORDS or word in _SKIPPED


def _meaning(word: str) -> str:
    if word in _WORDS:
        return _WORDS[word]
    if word in _SKIPPED or word.isdigit() or len(word) < 3:
        return ""
    return stem(word)
