from django.core.paginator import Paginator


class WholePages(Paginator):
    """Asks for a whole page even where the last one is shorter.

    Told to stop at the only row that holds a rare word, PostgreSQL expects it to come soon and
    reads every row in their order, words included, rather than the index of words.
    """

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self._get_page(self.object_list[first : first + self.per_page], number, self)


def page_of(request, queryset, size=25):
    """The page that the address asks for; a number that makes no sense is the nearest that does."""
    return WholePages(queryset, size).get_page(request.GET.get("page"))
