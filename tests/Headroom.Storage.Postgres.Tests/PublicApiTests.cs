namespace Headroom.Storage.Postgres;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        Assert.Null(PublicApi.DifferenceFromApproved(typeof(PostgresOriginalStore).Assembly, "tests/Headroom.Storage.Postgres.Tests/PublicApi.approved.txt"));
    }
}
