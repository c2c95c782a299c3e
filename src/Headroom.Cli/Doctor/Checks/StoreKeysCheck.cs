using Headroom.Cli.Storage;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether the keys to encrypt originals with are understood. They are never shown.</summary>
internal sealed class StoreKeysCheck : ICheck
{
    public CheckGroup Group => CheckGroup.Store;

    public string Subject => StoreKeys.Variable;

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<IReadOnlyList<Finding>>(StoreKeys.FromEnvironment() is null
                ? []
                : [Finding.Ok($"{StoreKeys.Variable} is set: originals are encrypted")]);
        }
        catch (CliException e)
        {
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.Problem($"{StoreKeys.Variable} is set, but not understood: no command can use the store", e.Message.TrimEnd('.'))]);
        }
    }
}
