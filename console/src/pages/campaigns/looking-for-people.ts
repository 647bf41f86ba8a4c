import { useEffect, useState } from 'react';

interface PagedSearch {
  data: { pages: readonly { people: readonly unknown[] }[] } | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  fetchNextPage(): unknown;
}

/**
 * Goes on with a search for people of a launch, whose calls look for a tenth of a second each, until there are as many as
 * are shown at once or everybody was looked at; `lookForMore` asks for as many again.
 */
export function useLookingForPeople(query: PagedSearch, shownAtOnce: number) {
  const found = query.data?.pages.reduce((sum, page) => sum + page.people.length, 0) ?? 0;
  const [wanted, setWanted] = useState(shownAtOnce);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  const isLooking = found < wanted && hasNextPage && !isError;
  useEffect(() => {
    if (isLooking && !isFetchingNextPage) void fetchNextPage();
  }, [isLooking, isFetchingNextPage, fetchNextPage]);
  return {
    isLooking,
    lookForMore: () => {
      setWanted(found + shownAtOnce);
      if (isError) void fetchNextPage();
    },
  };
}
