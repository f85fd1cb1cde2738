// The page's own words in Portuguese, English and Spanish, chosen by the browser's language.

const WORDS = {
  pt: {
    locale: "pt-BR", choose: "Escolha com quem conversar", businesses: "Negócios", back: "Voltar",
    restart: "Nova conversa", message: "Mensagem", send: "Enviar", close: "Fechar", newest: "Ir para o fim",
    messages: "Mensagens", online: "online", typing: "digitando…", queue: "aguardando um atendente",
    agent: "em atendimento humano", agentName: "Atendente", you: "Você", options: "Opções", menu: "Ver opções",
    today: "Hoje", yesterday: "Ontem", offline: "Sem conexão. Tentando de novo…",
    retry: "Não enviada. Toque para tentar de novo", unknown: "Este negócio não existe.",
    sending: "enviando", sent: "enviada", delivered: "entregue", read: "lida", failed: "não enviada",
    hello: (name, persona) => persona ? `Você está falando com ${persona}, assistente virtual de ${name}.`
      : `Você está falando com a assistente virtual de ${name}.`,
  },
  en: {
    locale: "en", choose: "Choose who to talk to", businesses: "Businesses", back: "Back",
    restart: "New conversation", message: "Message", send: "Send", close: "Close", newest: "Go to the end",
    messages: "Messages", online: "online", typing: "typing…", queue: "waiting for a person",
    agent: "talking to a person", agentName: "Agent", you: "You", options: "Options", menu: "See options",
    today: "Today", yesterday: "Yesterday", offline: "No connection. Trying again…",
    retry: "Not sent. Tap to try again", unknown: "There is no such business.",
    sending: "sending", sent: "sent", delivered: "delivered", read: "read", failed: "not sent",
    hello: (name, persona) => persona ? `You are talking to ${persona}, the virtual assistant of ${name}.`
      : `You are talking to the virtual assistant of ${name}.`,
  },
  es: {
    locale: "es", choose: "Elige con quién hablar", businesses: "Negocios", back: "Volver",
    restart: "Nueva conversación", message: "Mensaje", send: "Enviar", close: "Cerrar", newest: "Ir al final",
    messages: "Mensajes", online: "en línea", typing: "escribiendo…", queue: "esperando a una persona",
    agent: "con una persona", agentName: "Agente", you: "Tú", options: "Opciones", menu: "Ver opciones",
    today: "Hoy", yesterday: "Ayer", offline: "Sin conexión. Intentando de nuevo…",
    retry: "No enviado. Toca para reintentar", unknown: "Este negocio no existe.",
    sending: "enviando", sent: "enviado", delivered: "entregado", read: "leído", failed: "no enviado",
    hello: (name, persona) => persona ? `Estás hablando con ${persona}, asistente virtual de ${name}.`
      : `Estás hablando con el asistente virtual de ${name}.`,
  },
};

export const words = WORDS[(navigator.language || "pt").slice(0, 2).toLowerCase()] ?? WORDS.pt;
