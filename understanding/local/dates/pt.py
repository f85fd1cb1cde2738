"""What Portuguese calls days, hours and everything around them. Roles are those of lexicon.KINDS; no accents here."""

from __future__ import annotations

_NUMBERS = (
    "zero", "um,uma", "dois,duas", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze", "treze",
    "quatorze,catorze", "quinze", "dezesseis,dezasseis", "dezessete,dezassete", "dezoito", "dezenove,dezanove", "vinte",
)  # fmt: skip

WORDS: dict[str, dict[int, str]] = {
    "number": dict(enumerate(_NUMBERS)) | {30: "trinta", 40: "quarenta", 45: "quarenta e cinco", 50: "cinquenta"},
    "weekday": {
        0: "segunda,segunda feira,seg feira,segundona",
        1: "terca,terca feira,ter feira",
        2: "quarta,quarta feira,qua feira",
        3: "quinta,quinta feira,qui feira",
        4: "sexta,sexta feira,sex feira,sextou,sextinha",
        5: "sabado,sabadao,sabadinho",
        6: "domingo,domingao",
    },
    "weak_weekday": {0: "seg", 1: "ter", 2: "qua", 3: "qui", 4: "sex", 5: "sab", 6: "dom"},
    "month": {
        1: "janeiro",
        2: "fevereiro",
        4: "abril",
        5: "maio",
        6: "junho",
        7: "julho",
        8: "agosto",
        9: "setembro",
        10: "outubro",
        11: "novembro",
        12: "dezembro",
    },
    "weak_month": {
        1: "jan",
        2: "fev",
        3: "mar,marco",
        4: "abr",
        5: "mai",
        6: "jun",
        7: "jul",
        8: "ago",
        9: "set",
        10: "out",
        11: "nov",
        12: "dez",
    },
    "day": {
        0: "hoje,hj,hoje mesmo,hje,oje,ainda hoje,dia de hoje",
        1: "amanha,amn,amanh,amnh,amnha,amha,amanhazinho,manha de manha,dia de amanha",
        2: "depois de amanha,dps de amanha,depois de amn,dps de amn,depois d amanha,dps d amn,depois amanha,depois da amanha,dpois de amanha",
        -1: "ontem,ontm",
        -2: "anteontem,antes de ontem,antontem",
    },
    "next_day": {1: "dia seguinte,outro dia cedo,dia depois", 7: "semana seguinte"},
    "part": {
        0: "de madrugada,da madrugada,na madrugada,madrugada,pela madrugada,a madrugada",
        1: "de manha,da manha,na manha,pela manha,manha,parte da manha,periodo da manha,turno da manha,periodo matutino,"
        "na parte da manha,no periodo da manha,manhazinha,de manhazinha,pela parte da manha,a manha",
        2: "de tarde,da tarde,a tarde,na tarde,pela tarde,as tardes,parte da tarde,periodo da tarde,turno da tarde,na parte da tarde,"
        "no periodo da tarde,tardezinha,periodo vespertino,tardinha,de tardezinha,a tardinha,pela parte da tarde,meio da tarde,no meio da tarde",
        3: "de noite,da noite,a noite,na noite,pela noite,noite,parte da noite,periodo da noite,turno da noite,periodo noturno,na parte da noite",
        4: "inicio da manha,comeco da manha,manha cedo,cedo da manha,cedinho,de manha cedo,de manha bem cedo,manha bem cedo,"
        "cedo de manha,bem cedinho,primeira hora da manha,cedo pela manha,no inicio da manha,no comeco da manha,de manha cedinho",
        5: "fim da manha,final da manha,finalzinho da manha,fim de manha,final de manha,no fim da manha,no final da manha,fim da parte da manha,meio da manha",
        6: "inicio da tarde,comeco da tarde,comecinho da tarde,inicio de tarde,no inicio da tarde,no comeco da tarde",
        7: "fim da tarde,final da tarde,finalzinho da tarde,fim de tarde,final de tarde,fimzinho da tarde,no fim da tarde,no final da tarde,"
        "tarde da tarde,finzinho da tarde,fim tarde,fim do dia,final do dia,no fim do dia,no final do dia,finalzinho do dia",
        8: "noitinha,a noitinha,de noitinha,inicio da noite,comeco da noite,comecinho da noite,boca da noite,no inicio da noite,no comeco da noite",
        9: "fim da noite,final da noite,tarde da noite,no fim da noite,no final da noite",
        10: "hora do almoco,horario do almoco,horario de almoco,hora de almoco,na hora do almoco,no horario do almoco,no horario de almoco",
    },
    "weak_part": {2: "tarde"},
    "unit": {
        0: "minuto,minutos,min,mins,minutinhos,minutinho",
        1: "hora,horas,hr,hrs,horinha,horinhas",
        2: "dia,dias,diazinho",
        3: "semana,semanas",
        4: "mes,meses",
        5: "ano,anos",
    },
    "ordinal": {
        1: "primeiro,primeira,primeiros",
        2: "segundo",
        3: "terceiro,terceira",
        4: "quarto",
        5: "quinto",
    },
    "clock": {
        720: "meio dia,meiodia,mei dia",
        1440: "meia noite,meianoite,0 hora",
        750: "meio dia e meia,meio dia e meio,meiodia e meia,meio dia e trinta",
        30: "meia noite e meia",
    },
    "now": {0: "agora mesmo,agora ja,neste momento,nesse momento,nesse instante,neste instante,agora agora"},
    "minutes_after": {
        30: "e meia",
        0: "em ponto,certinho,cravado,certinhas,cravadas",
        15: "e um quarto",
        -15: "menos um quarto,menos quinze",
        -10: "menos dez",
        -20: "menos vinte",
        -5: "menos cinco",
    },
    "duration": {
        30: "meia hora,meia horinha,meia h",
        90: "hora e meia,uma hora e meia,uma hora e trinta,uma hora e trinta minutos",
        15: "um quarto de hora",
        150: "duas horas e meia",
    },
    "next": {
        1: "que vem,q vem,proximo,proxima,prox,prox.,proximos,proximas,seguinte,que ve,vindouro,vindoura,que bem,q vem agora,"
        "que vem agora,qvem,quevem,que vm",
    },
    "week": {1: "outra semana"},
    "this": {
        0: "esta,este,essa,esse,nesta,neste,nessa,nesse,desta,deste,dessa,desse,agora,corrente,atual,essa agora,esta agora,que ta chegando",
    },
    "last": {
        -1: "passado,passada,anterior,retrasado,retrasada,ultimo,ultima",
    },
    "edge": {
        1: "inicio,comeco,comecinho,no inicio,no comeco",
        2: "meio,meados,no meio,metade,em meados",
        3: "fim,final,finalzinho,finzinho,no fim,no final",
    },
    "weekend": {
        0: "fim de semana,final de semana,fds,findi,finde,fim semana,finds,final da semana,fim da semana,finalzinho de semana,fim d semana,"
        "fins de semana,finais de semana,finalzinho da semana,fimde semana,findes",
    },
    "holiday": {
        0: "natal,dia de natal",
        1: "vespera de natal,vespera do natal,antevespera de natal",
        2: "ano novo,dia primeiro do ano,primeiro do ano",
        3: "reveillon,vespera de ano novo,vespera do ano novo,virada do ano,ultimo dia do ano,virada de ano",
        4: "pascoa,domingo de pascoa,dia de pascoa",
        5: "sexta feira santa,sexta santa,sexta feira da paixao,paixao de cristo,sexta da paixao",
        6: "carnaval,terca de carnaval,terca feira de carnaval,terca gorda",
        33: "segunda de carnaval,segunda feira de carnaval",
        7: "quarta feira de cinzas,quarta de cinzas",
        8: "corpus christi,corpus cristi,corpus",
        9: "tiradentes,dia de tiradentes",
        10: "dia do trabalho,dia do trabalhador,dia dos trabalhadores,feriado do trabalho",
        11: "independencia,dia da independencia,independencia do brasil,feriado da independencia",
        12: "nossa senhora aparecida,n senhora aparecida,dia das criancas,dia da crianca,dia de nossa senhora aparecida,dia de nossa senhora",
        13: "finados,dia de finados,dia dos finados,dia dos mortos",
        14: "proclamacao da republica,proclamacao,dia da republica",
        15: "dia dos namorados,dia de namorados",
        17: "dia das maes,dia da mae",
        18: "dia dos pais,dia do pai",
        19: "semana santa",
        20: "dia de reis",
        21: "halloween,dia das bruxas",
        22: "consciencia negra,dia da consciencia negra",
        23: "sao joao,dia de sao joao",
        26: "dia da mulher,dia das mulheres,dia internacional da mulher",
        27: "black friday",
        28: "dia de todos os santos,todos os santos",
        32: "quinta feira santa,quinta santa",
    },
    "after": {
        1: "depois de,depois das,depois da,depois do,dps das,dps de,dps do,dps da,apos,apos as,apos o,apos a,dpois das,dpois de,depois d,mais tarde que,"
        "mais tarde do que,passando das,passado das,passadas as",
        0: "a partir de,a partir das,a partir da,a partir do,apartir de,apartir das,apartir da,apartir do,partir das,partir de,partir da,partir do,"
        "a prtir das,a partir d",
    },
    "before": {0: "antes de,antes das,antes da,antes do,mais cedo que,mais cedo do que,antes d,ants das"},
    "until": {
        0: "ate,ate as,ate a,ate o,ate os,no maximo ate,no maximo as,te as,ate umas,ate no maximo,ate pelo menos"
    },
    "onwards": {
        0: "em diante,pra frente,para frente,adiante,pra cima,ou mais tarde,ou depois,em diate,p frente,por diante",
    },
    "in": {
        1: "daqui a,daqui,em,dentro de,daki a,daki,daqui ha,em uns,em umas,daqui umas,daqui uns,daqui a uns,daqui a umas,d aqui a,dentro d,"
        "daqui mais,ao fim de,dentro de mais,daqui cerca de",
        -1: "ha,faz",
    },
    "later": {
        1: "depois,mais tarde,dps,apos isso,a partir de agora,a contar de hoje,a contar de agora,a frente,a partir de hoje,a mais,pra frente",
        -1: "antes,atras,mais cedo",
    },
    "at": {
        0: "as,ás,pelas,la pelas,la pras,umas,por volta das,por volta de,la por,tipo,tipo umas,la para as,a partir,perto das,em torno das,"
        "por volta da,mais ou menos as,mais ou menos,as umas,por volta do",
    },
    "to_hour": {0: "pras,para as,pra as,p as,pra,para,para a,pra a,para o,pra o,pro,p,la pras,la para as"},
    "to": {0: "a,ao,aos"},
    "from": {0: "das,desde as,desde,desde o,desde a"},
    "between": {0: "entre,entre as,entre os,entre a,entre o,entre das,entre os dias"},
    "of": {0: "de,do,da,d,dos"},
    "on": {0: "no,na,nos,nas,num,numa,durante,durante a,durante o"},
    "the": {0: "o,os"},
    "for": {0: "pros,pr,para os"},
    "and": {0: "e,i,&"},
    "or": {0: "ou,ou entao,ou no,ou na,ou talvez,quem sabe,senao,ou se nao,ou quem sabe,ou de repente"},
    "not": {0: "nao,nem,n,num nao"},
    "every": {
        0: "toda,todo,todas,todos,cada,todas as,todos os,todos os dias,todo dia,toda hora,aos,todo o dia",
    },
    "lasting": {
        0: "dura,duram,durou,durar,demora,demoram,demorou,demorar,leva,levam,levar,levou,por,duracao,cerca de,tempo,atrasado,atrasada,sessao de,"
        "sessoes de,mais de,menos de,pacote de,garantia de,validade de,carencia de,idade,tenho,tem uns,completa,completou,fez",
    },
    "street": {
        0: "rua,av,avenida,travessa,praca,pca,alameda,rodovia,estrada,r,largo,colegio,escola,hospital,bairro,vila,viaduto,ponte,edificio,condominio,"
        "ladeira,beco,parque,jardim,shopping,residencial,conjunto,estacao,metro,terminal,ruas,endereco,galeria",
    },
    "label": {
        0: "pedido,numero,num,nro,nota,tamanho,apto,ap,apartamento,bloco,lote,quadra,sala,ordem,protocolo,cpf,cep,tel,fone,telefone,whats,golden,"
        "codigo,cod,casa,opcao,item,torre,andar,km,loja,mesa,chave,conta,agencia,rg,placa,versao,modelo,nivel,plano,escala,capitulo,comprovante,"
        "calibre,manequim,senha,parcela,turma,serie,grau,iphone,premier,premium,royal,canin,n°,nº,box,nf",
    },
    "other": {
        0: "boa tarde,boa noite,bom dia,boas tardes,boas noites,bons dias,boa madrugada,otima tarde,otima noite,otimo dia,excelente tarde,excelente noite,"
        "excelente dia,linda tarde,linda noite,otimo fim de semana,bom fim de semana,bom final de semana,bom fds,otimo final de semana,otima semana,boa semana,"
        "otimo domingo,bom domingo,bom sabado,boa sexta,boa segunda,boa terca,boa quarta,boa quinta,bom feriado,bom natal,feliz natal,feliz ano novo,"
        "feliz pascoa,feliz dia das maes,bom carnaval,um bom dia,uma boa tarde,uma boa noite,"
        "hoje em dia,dia a dia,um dia,algum dia,qualquer dia,outro dia,dias atras,meio tarde,muito tarde,ja e tarde,tarde demais,e tarde,"
        "as vezes,as vzs,segunda via,segunda mao,segunda vez,na hora,a toa,em geral,uma vez,duas vezes,tres vezes,meia duzia,meia entrada,meia calca,"
        "noite toda,tarde toda,a noite toda,a tarde toda,noite de sono,noite passada em claro,vida noturna,de terca categoria,papai noel,"
        "arvore de natal,cartao de natal,presente de natal,kit natal,cesta de natal,ovo de pascoa,ovos de pascoa,coelho da pascoa,fantasia de carnaval,"
        "ha muito,cafe da manha,da noite para o dia,creme da noite,creme de noite,"
        "terca parte,quarta parte,quinta parte,sexta parte,ano letivo,de um dia para o outro,da noite pro dia,uma noite,uma tarde,uma manha,um domingo,um sabado,"
        "vestido de noite,hora extra,final do ano letivo,ter que,ter uma,ter um,as custas,as pressas,as ordens",
    },
    "counted": {
        0: "via,vias,mao,maos,vez,vezes,opcao,parte,pessoa,unidade,parcela,fase,dose,tentativa,aula,sessao,filha,filho,avaliacao,consulta,compra,mensagem,"
        "cor,classe,serie,linha,camada,posicao,categoria,edicao,versao,etapa,metade,guerra,chance,coisa,dama,geracao,lingua,instancia,pergunta,"
        "duvida,alternativa,entrega,cachorra,gata,racao,foto,imagem,essencial,intencao,demao,esposa,turma,cirurgia,visita,vacina,aplicacao,feira,"
        "pessoas,sacos,caixas,unidades,itens,pacotes,reais,anos,quilos,latas,gatos,cachorros,filhos,estrelas,pontos,degraus,parcelas,pares",
    },
}

# Words one letter from a weekday or month that mean something else.
LOOKALIKES = """marca marcas marcar marcos marcou barco parco quanta quanto segundo segundos segunde quinto quintal quarto quartos sexto sexta
sexo sesta terco terra terna tenca junto juntos junta justo julgo sabao sabido sabida sabor sabade abrir abri abriu abrira maior mano agora
gosto agoste manha manhas amanhar amanho hortem homem ordem janeira doming domino sabados domingos segundas tercas quartas quintas sextas semanas cesta
testa sento sete sena"""

SPELLED = ("weekday", "month", "day")
