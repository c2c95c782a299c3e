using System.ClientModel.Primitives;
using System.Text.Json;
using Headroom.Extensions.AI.PromptCaching;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Headroom.Extensions.AI.Wire;

/// <summary>The two forms docs/prompt-caching.md shows, in which OpenAI's adapters take a key: they ask the options for a raw request and fill it up.</summary>
public sealed class OpenAIKeyTests
{
#pragma warning disable OPENAI001, SCME0001 // The responses client, and the patch by which a property without a member of its own is set, are marked experimental.
    [Fact]
    public async Task The_responses_client_has_a_property_for_it()
    {
        using JsonDocument wire = JsonDocument.Parse(ModelReaderWriter.Write(await RawAsync<CreateResponseOptions>(
            (options, key) => options.RawRepresentationFactory = _ => new CreateResponseOptions { PromptCacheKey = key })));

        Assert.Equal(CacheKey.Of("ann"), wire.RootElement.GetProperty("prompt_cache_key").GetString());
    }

    [Fact]
    public async Task The_chat_client_takes_a_patch()
    {
        using JsonDocument wire = JsonDocument.Parse(ModelReaderWriter.Write(await RawAsync<ChatCompletionOptions>((options, key) => options.RawRepresentationFactory = _ =>
        {
            var request = new ChatCompletionOptions();
            request.Patch.Set("$.prompt_cache_key"u8, key);
            return request;
        })));

        Assert.Equal(CacheKey.Of("ann"), wire.RootElement.GetProperty("prompt_cache_key").GetString());
    }
#pragma warning restore OPENAI001, SCME0001

    /// <summary>What an adapter is given.</summary>
    private static async Task<TRequest> RawAsync<TRequest>(Action<ChatOptions, string> write)
    {
        var model = new ScriptedChatClient().Says("done");
        using var client = new HeadroomChatClient(model) { ConversationSelector = _ => "ann", WritePromptCacheKey = write };
        await client.GetResponseAsync([Pipelines.User()]);
        return Assert.IsType<TRequest>(model.Last.Options!.RawRepresentationFactory!(model));
    }
}
