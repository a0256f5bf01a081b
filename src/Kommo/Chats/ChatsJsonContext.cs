using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>Source-generated metadata of the Chats API.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(NewChatConnection))]
[JsonSerializable(typeof(ChatConnection))]
[JsonSerializable(typeof(ChatDisconnection))]
[JsonSerializable(typeof(NewChat))]
[JsonSerializable(typeof(CreatedChat))]
[JsonSerializable(typeof(ChatEvent<NewChatMessage>))]
[JsonSerializable(typeof(ChatEvent<ChatMessageEdit>))]
[JsonSerializable(typeof(ChatEventAnswer))]
[JsonSerializable(typeof(ChatDelivery))]
[JsonSerializable(typeof(ChatTyping))]
[JsonSerializable(typeof(ChatReaction))]
[JsonSerializable(typeof(ChatHistory))]
internal sealed partial class ChatsJsonContext : JsonSerializerContext;
